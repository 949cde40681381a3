using StaticCnn.Generator.Declaration;

namespace StaticCnn.Generator.Emit;

/// <summary>A layer's attribute as code: as the user writes it, and as what creates it anywhere.</summary>
internal static class AttributeText
{
    /// <summary>Such as <c>Conv2d(16, 5, Padding = 2)</c>.</summary>
    public static string Of(LayerDeclaration declared)
    {
        var arguments = declared.Arguments.Where(argument => !argument.IsOption).Select(argument => Text(argument, isShort: true))
            .Concat(declared.Arguments.Where(argument => argument.IsOption).Select(option => $"{option.Name} = {Text(option, isShort: true)}")).ToList();
        return arguments.Count == 0 ? declared.Kind : $"{declared.Kind}({string.Join(", ", arguments)})";
    }

    /// <summary>Such as <c>new global::StaticCnn.Conv2dAttribute(outChannels: 16, kernel: 5) { Padding = 2 }</c>.</summary>
    public static string Creation(LayerDeclaration declared)
    {
        var arguments = declared.Arguments.Where(argument => !argument.IsOption).Select(argument => argument.Value is string
            ? Text(argument, isShort: false)
            : $"{argument.Name}: {Text(argument, isShort: false)}");
        var options = declared.Arguments.Where(argument => argument.IsOption).Select(option => $"{option.Name} = {Text(option, isShort: false)}").ToList();
        return $"new global::StaticCnn.{declared.Kind}Attribute({string.Join(", ", arguments)})" + (options.Count == 0 ? "" : $" {{ {string.Join(", ", options)} }}");
    }

    private static string Text(Argument argument, bool isShort) => argument switch
    {
        { Member: { } member } => isShort ? member.Substring(member.IndexOf('.') + 1) : "global::" + member,
        { Value: bool value } => value ? "true" : "false",
        { Value: float value } => Literal.Of(value),
        { Value: string value } => Literal.Of(value),
        { Value: null } => "null",
        _ => FormattableString.Invariant($"{argument.Value}"),
    };
}
