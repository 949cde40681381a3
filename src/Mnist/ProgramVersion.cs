using System.Reflection;

namespace StaticCnn.Mnist;

/// <summary>The program's version.</summary>
internal static class ProgramVersion
{
    /// <summary>Such as <c>0.1.0</c>. Without the commit: a commit alone is no reason to train again.</summary>
    public static string Text { get; } = typeof(ProgramVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
