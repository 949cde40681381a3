using StaticCnn.Generator.Network;
using StaticCnn.Generator.Plan;

namespace StaticCnn.Generator.Emit;

/// <summary>The network as a table in documentation comments, so that an editor shows it where the mouse rests.</summary>
internal static class LayerTable
{
    public static string Print(NetworkPlan plan)
    {
        var network = plan.Network;
        var lines = new List<string>
        {
            "<remarks>",
            FormattableString.Invariant(
                $"{network.Input} in, {network.ClassCount} classes out; {plan.Parameters.Parameters.Where(parameter => !parameter.Kind.IsState).Sum(parameter => (long)parameter.Count):N0} parameters, {network.Layers.Sum(layer => layer.MultiplyAdds):N0} multiply-adds an image."),
            "<list type=\"table\">",
            "<listheader><term>layer</term><description>what it is, output; parameters; multiply-adds</description></listheader>",
        };
        lines.AddRange(network.Layers.Select(layer => $"<item><term>{layer.Name}</term><description>{Describe(plan, layer)}</description></item>"));
        lines.Add("</list>");
        lines.Add("</remarks>");
        return string.Join("\n", lines.Select(line => "/// " + line));
    }

    private static string Describe(NetworkPlan plan, Layer layer)
    {
        long parameters = ParametersOf(plan, layer).Where(parameter => !parameter.Kind.IsState).Sum(parameter => (long)parameter.Count);
        string output = $"{layer.Kind}{layer.Summary}, {layer.Output}";
        return parameters == 0
            ? output
            : FormattableString.Invariant($"{output}; {parameters:N0} parameters; {layer.MultiplyAdds:N0} multiply-adds");
    }

    /// <summary>A layer's parameters, weight before bias.</summary>
    public static IEnumerable<Parameter> ParametersOf(NetworkPlan plan, Layer layer) =>
        plan.Parameters.Parameters.Where(parameter => parameter.Layer == layer.Name);
}
