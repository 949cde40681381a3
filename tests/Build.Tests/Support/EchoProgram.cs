namespace StaticCnn.Build.Tests.Support;

/// <summary>These tests' assembly as a program, which writes down the arguments that it gets.</summary>
internal static class EchoProgram
{
    /// <summary>The environment variable that names the file to write to.</summary>
    public const string FileVariable = "STATICCNN_ECHO";

    /// <summary>The program's file, to be run with <c>dotnet</c>.</summary>
    public static string File => typeof(EchoProgram).Assembly.Location;

    public static void Main(string[] args) =>
        System.IO.File.WriteAllText(Environment.GetEnvironmentVariable(FileVariable)!, string.Join('\0', args));
}
