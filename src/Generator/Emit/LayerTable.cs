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
                $"{network.Input} in, {network.ClassCount} classes out; {plan.Parameters.Parameters.Sum(parameter => (long)parameter.Count):N0} parameters, {network.Layers.Sum(layer => layer.MultiplyAdds):N0} multiply-adds an image."),
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
        long parameters = ParametersOf(plan, layer).Sum(parameter => (long)parameter.Count);
        string output = $"{Kind(layer)}{Options(layer)}, {layer.Output}";
        return parameters == 0
            ? output
            : FormattableString.Invariant($"{output}; {parameters:N0} parameters; {layer.MultiplyAdds:N0} multiply-adds");
    }

    private static string Options(Layer layer) => layer switch
    {
        Conv2dLayer conv => FormattableString.Invariant($" {conv.KernelHeight}x{conv.KernelWidth}"),
        MaxPool2dLayer pool => FormattableString.Invariant($" {pool.WindowHeight}x{pool.WindowWidth}"),
        DropoutLayer dropout => FormattableString.Invariant($" {dropout.Probability}"),
        _ => "",
    };

    /// <summary>A layer's parameters, weight before bias.</summary>
    public static IEnumerable<Parameter> ParametersOf(NetworkPlan plan, Layer layer) =>
        plan.Parameters.Parameters.Where(parameter => parameter.Layer == layer.Name);

    /// <summary>As the attribute and <c>StaticCnn.LayerKind</c> spell it.</summary>
    public static string Kind(Layer layer) => layer switch
    {
        Conv2dLayer => "Conv2d",
        MaxPool2dLayer => "MaxPool2d",
        ReluLayer => "ReLU",
        FlattenLayer => "Flatten",
        LinearLayer => "Linear",
        DropoutLayer => "Dropout",
        _ => throw new InvalidOperationException($"No kind is known for {layer}."),
    };
}
