using StaticCnn.Mnist.Commands;

namespace StaticCnn.Mnist.Tests.Support;

/// <summary>These tests' assembly as a program: <c>mnist</c>, which takes the synthetic data for MNIST. For tests that end a process.</summary>
internal static class TestProgram
{
    /// <summary>The program's file, to be run with <c>dotnet</c>.</summary>
    public static string File => typeof(TestProgram).Assembly.Location;

    public static Task<int> Main(string[] args) => Interruption.RunAsync(interruption => CommandLine<SimpleCnn>.RunAsync(
        args, new Host(Console.Out, Console.Error, Environment.GetEnvironmentVariable, SyntheticData.Files, IsTerminal: false), interruption));
}
