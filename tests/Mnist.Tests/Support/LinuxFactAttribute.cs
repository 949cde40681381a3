namespace StaticCnn.Mnist.Tests.Support;

/// <summary>A test of what a shell does with a process: it closes its streams, gives it a terminal by <c>script</c> of util-linux, or sends it signals.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (Problem is { } problem) Skip = problem;
    }

    /// <summary>Null, or why such a test cannot run here.</summary>
    internal static string? Problem => OperatingSystem.IsLinux() && File.Exists("/usr/bin/script") ? null : "There is no Linux with the program 'script' here.";
}

/// <summary>Such a test with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute()
    {
        if (LinuxFactAttribute.Problem is { } problem) Skip = problem;
    }
}
