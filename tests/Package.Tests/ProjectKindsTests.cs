using StaticCnn.Build.Tests.Support;
using StaticCnn.Package.Tests.Support;

namespace StaticCnn.Package.Tests;

/// <summary>Projects that are not a console program of C# for this machine, with its output beside it.</summary>
[Collection(FeedCollection.Name)]
public sealed class ProjectKindsTests(Feed feed)
{
    private const string Network = """
        [CnnModel(1, 12, 8)]
        [Flatten, Linear(4)]
        [Training(BatchSize = 16, Epochs = 1, LearningRate = 0.01f)]
        """;

    [Fact]
    public async Task Another_machine_s_code_trains_here_and_output_may_stand_anywhere()
    {
        string folder = feed.CreateFolder("elsewhere"), artifacts = feed.CreateFolder("elsewhere ü");
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), $"""
            <Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput><ArtifactsPath>{artifacts}</ArtifactsPath></PropertyGroup></Project>
            """);
        var common = new UserProject(feed, "elsewhere/Common", "<TargetFramework>net10.0</TargetFramework><PlatformTarget>x86</PlatformTarget>", "");
        common.Write("Named.cs", "namespace Common; public class Named;");
        var reader = new UserProject(
            feed, "elsewhere/Reader", "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><TrainOnBuild>true</TrainOnBuild>",
            UserProject.Package + """<ProjectReference Include="../Common/Common.csproj" />""");
        reader.Write("Program.cs", $"using StaticCnn;\nBars.LoadEmbedded();\n{Network}\ninternal sealed partial class Bars : Common.Named;");
        string data = IdxSet.Write(Path.Combine(folder, "bars"), height: 12, width: 8, classes: 4);

        string other = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "x64" : "arm64";
        var run = await reader.PublishWellAsync("-r", $"linux-{other}", "--no-self-contained", $"-p:MnistDataDir={data}");
        Assert.Contains(run.Lines, line => line.StartsWith("Epoch 1/1: ", StringComparison.Ordinal));
        Assert.Contains($"Log: {Path.Combine(artifacts, "obj", "Reader", "staticcnn", "TrainMnist.log")}", run.Lines);
        Assert.True(File.Exists(reader["weights/Bars.safetensors"]));
        Assert.False(Directory.Exists(reader["obj"]));
        Assert.True(Directory.Exists(Path.Combine(artifacts, "publish", "Reader")));
    }

    [Fact]
    public async Task A_single_file_trains_and_runs()
    {
        string folder = feed.CreateFolder("file");
        string data = IdxSet.Write(Path.Combine(folder, "bars"), height: 12, width: 8, classes: 4);
        File.WriteAllText(Path.Combine(folder, "app.cs"), $"""
            #:package StaticCnn@{Feed.Version}
            #:property PublishAot=false
            using StaticCnn;
            Console.WriteLine(Bars.LoadEmbedded().Parameters.Infos.Length);
            {Network}
            internal sealed partial class Bars;
            """);
        // Where such files are built, unless they say otherwise: below the user's own folder.
        Dictionary<string, string> home = new() { ["XDG_DATA_HOME"] = feed.CreateFolder("home of files") };
        foreach (string[] command in new string[][] { ["build", "app.cs", "-t:TrainMnist", $"-p:MnistDataDir={data}"], ["run", "app.cs"] })
        {
            var run = await BuildRun.EndOfAsync(feed.Start(folder, new(home), command));
            run.AssertSucceeded();
            if (command[0] == "run") Assert.Equal("2", run.Lines[0]);
        }
        Assert.True(File.Exists(Path.Combine(folder, "weights", "Bars.safetensors")));
    }

    [Fact]
    public async Task Other_languages_use_the_networks_of_a_library_and_cannot_declare_their_own()
    {
        const string Net10 = "<TargetFramework>net10.0</TargetFramework>";
        var library = new UserProject(feed, "languages/Networks", Net10);
        library.Write("Bars.cs", $"using StaticCnn;\nnamespace Networks;\n{Network}\npublic sealed partial class Bars;");
        var program = new UserProject(
            feed, "languages/Reader", "<OutputType>Exe</OutputType>" + Net10,
            UserProject.Package + """<Compile Include="Program.fs" /><ProjectReference Include="../Networks/Networks.csproj" />""", ".fsproj");
        program.Write("Program.fs", """printfn "%d" (Networks.Bars.Create(1UL).Parameters.Infos.Length)""");
        await program.BuildWellAsync();
        Assert.Equal(["2"], await program.RunAsync());

        program.Write("Program.fs", """
            namespace Reader
            [<StaticCnn.CnnModel(1, 12, 8); StaticCnn.Flatten; StaticCnn.Linear(4)>]
            type Digits() = class end
            module Program =
                [<EntryPoint>]
                let main _ = 0
            """);
        Assert.Contains("error SCNN114: Reader.fsproj declares a network in F#: Digits. ", (await program.BuildAsync(null, "--no-restore")).AssertFailed());

        var visual = new UserProject(feed, "languages/Visual", Net10, extension: ".vbproj");
        visual.Write("Digits.vb", """
            <StaticCnn.CnnModel(1, 12, 8), StaticCnn.Flatten, StaticCnn.Linear(4)>
            Public Class Digits
            End Class
            """);
        Assert.Contains("error SCNN114: Visual.vbproj declares a network in VB: Digits. ", (await visual.BuildAsync("TrainMnist")).AssertFailed());
    }

    [Fact]
    public async Task A_web_project_publishes_what_it_needs_and_no_history()
    {
        var project = new UserProject(
            feed, "web/Site", "<TargetFramework>net10.0</TargetFramework><MnistWeights>best/Bars.safetensors</MnistWeights>", sdk: "Microsoft.NET.Sdk.Web");
        project.Write("Program.cs", "WebApplication.Create(args).Run();");
        foreach (string file in new[] { "weights/Digits.history.json", "best/Bars.history.json", "settings.json" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(project[file])!);
            project.Write(file, "{}");
        }
        await project.PublishWellAsync("-o", project["out"]);
        Assert.True(File.Exists(project["out/settings.json"]));
        Assert.Empty(Directory.GetFiles(project["out"], "*.history.json", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_framework_before_10_is_one_error()
    {
        var project = new UserProject(
            feed, "old/Old", "<TargetFramework>net9.0</TargetFramework><DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>");
        project.Write("Bars.cs", $"using StaticCnn;\n{Network}\npublic sealed partial class Bars;");
        string error = (await project.BuildAsync()).AssertFailed();
        Assert.Contains("error SCNN112: The target framework is net9.0, and networks need net10.0 or later. ", error);
    }
}
