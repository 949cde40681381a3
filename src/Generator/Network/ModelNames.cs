namespace StaticCnn.Generator.Network;

/// <summary>
/// What one network is called among the others of its assembly. Classes may share a name in different namespaces, and full names may
/// differ in case only; files may do neither, since many file systems and the compiler itself take no notice of case.
/// </summary>
internal static class ModelNames
{
    /// <summary>The name of the weights that a build embeds for the only network of an assembly without knowing its name.</summary>
    public const string OnlyOne = "{model}";

    /// <summary>A file name stem for generated code: the full name, and a number where another one differs in case only.</summary>
    /// <param name="fullName">The network's full name, such as <c>App.Outer.Net</c>.</param>
    /// <param name="all">The full names of all networks.</param>
    public static string HintName(string fullName, EquatableArray<string> all)
    {
        int twins = all.Count(other => IsSame(other, fullName) && string.CompareOrdinal(other, fullName) < 0);
        return twins == 0 ? fullName : FormattableString.Invariant($"{fullName}-{twins}");
    }

    /// <summary>
    /// The names that the network's weights may have in the assembly, in the order in which they are looked for. The last is that of the file
    /// which a training writes into the weights folder: the class's name, or the stem of its code where another network has that name, too.
    /// Those before it are all ways to say of a file elsewhere which network it is for.
    /// </summary>
    /// <inheritdoc cref="HintName"/>
    public static EquatableArray<string> Weights(string fullName, EquatableArray<string> all)
    {
        var others = all.Where(other => other != fullName).ToList();
        string name = SimpleName(fullName);
        string file = others.Any(other => IsSame(SimpleName(other), name)) ? HintName(fullName, all) : name;
        var names = new List<string>();
        if (others.Count == 0) names.Add(OnlyOne);
        for (string end = fullName; ; end = end.Substring(end.IndexOf('.') + 1))
        {
            if (end == fullName || !others.Any(other => other == end || other.EndsWith("." + end, StringComparison.Ordinal))) names.Add(end);
            if (!end.Contains('.')) break;
        }

        return names.Where(each => each != file).Append(file).ToEquatableArray();
    }

    private static string SimpleName(string fullName) => fullName.Substring(fullName.LastIndexOf('.') + 1);

    private static bool IsSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
