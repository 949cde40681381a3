using StaticCnn.Package.Tests.Support;

namespace StaticCnn.Package.Tests;

/// <summary>A library with three networks, two of one name, built for several frameworks' sake by an outer build, and a program that refers to it but not to the package.</summary>
[Collection(FeedCollection.Name)]
public sealed class LibraryTests(Feed feed)
{
    [Fact]
    public async Task A_library_trains_within_the_build_of_its_consumer_which_stays_as_it_was()
    {
        string data = IdxSet.Write(Path.Combine(feed.CreateFolder("library data"), "bars"), height: 12, width: 8, classes: 4);
        var library = new UserProject(feed, "solution/Networks", """
            <TargetFrameworks>net10.0</TargetFrameworks>
            <TrainOnBuild>true</TrainOnBuild>
            <CnnModelName>Networks.Bars</CnnModelName>
            <MnistDataDir>../../library data/bars</MnistDataDir>
            """);
        library.Write("Networks.cs", """
            using StaticCnn;

            namespace Networks;

            [CnnModel(1, 12, 8)]
            [Flatten, Linear(8), ReLU, Linear(4)]
            [Training(BatchSize = 16, Epochs = 3, LearningRate = 0.01f)]
            public sealed partial class Bars;

            [CnnModel(1, 12, 8)]
            [Conv2d(2, 3), ReLU, Flatten, Linear(4)]
            [Training(BatchSize = 16, Epochs = 1)]
            public sealed partial class Others;

            public static partial class Reader
            {
                [CnnModel(1, 12, 8)]
                [Conv2d(2, 3), ReLU, Flatten, Linear(4)]
                [Training(BatchSize = 16, Epochs = 1)]
                public sealed partial class Others;
            }
            """);
        var program = new UserProject(feed, "solution/Consumer", """
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            """, """<ProjectReference Include="../Networks/Networks.csproj" />""");
        program.Write("Program.cs", $$"""
            using System.Diagnostics;
            using System.Reflection;
            using Networks;

            float[] image = {{IdxSet.PictureOf(2, 12, 8, 4)}};
            Console.WriteLine(Bars.LoadEmbedded().Predict(image));
            Console.WriteLine(Assembly.GetExecutingAssembly().GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true });
            try { Others.LoadEmbedded(); } catch (StaticCnn.WeightsException e) { Console.WriteLine(e.Message); }
            try { Reader.Others.LoadEmbedded(); Console.WriteLine("other weights"); } catch (StaticCnn.WeightsException e) { Console.WriteLine(e.Message); }
            """);

        var first = await program.BuildWellAsync(null, "-m");
        Assert.Single(first.Lines, line => line.StartsWith("Epoch 1/3", StringComparison.Ordinal));
        string[] output = await program.RunAsync();
        Assert.Equal(["2", "True"], output[..2]);
        Assert.Contains("no embedded weights of Others (the resource StaticCnn/Networks.Others.safetensors)", output[2]);
        Assert.Contains("no embedded weights of Others (the resource StaticCnn/Networks.Reader.Others.safetensors)", output[3]);

        var again = await program.BuildWellAsync("Rebuild", "-m", "--no-restore");
        Assert.Contains(again.Lines, line => line.StartsWith("up to date: ", StringComparison.Ordinal));
        Assert.Equal("2", (await program.RunAsync())[0]);

        // In the outer build, the targets go to the one framework.
        string error = (await library.BuildAsync("TrainMnist", "--no-restore", "-p:CnnModelName=")).AssertFailed();
        Assert.StartsWith("mnist : error SCNN110: Networks.dll declares 3 networks: Networks.Bars, Networks.Others, Networks.Reader.Others. ", error);
        Assert.Contains("declares 2 networks of the name Others: Networks.Others, Networks.Reader.Others. ", (await library.BuildAsync("TrainMnist", "--no-restore", "-p:CnnModelName=Others")).AssertFailed());

        // As the runtime spells it, and as C# does.
        await library.BuildWellAsync("TrainMnist", "--no-restore", "-p:CnnModelName=Networks.Reader+Others", "-p:MnistThreads=1");
        await program.BuildWellAsync(null, "--no-restore");
        Assert.Equal([output[2], "other weights"], (await program.RunAsync())[2..]);
        Assert.Equal([.. FilesOf("Bars"), .. FilesOf("Networks.Reader.Others")], WeightsOf(library));
        await library.BuildWellAsync("CleanMnist", "-p:CnnModelName=Networks.Reader.Others");
        Assert.Equal(FilesOf("Bars"), WeightsOf(library));
        Assert.True(Directory.Exists(data));
    }

    private static string[] FilesOf(string model) => [$"{model}.history.json", $"{model}.safetensors", $"{model}.stamp"];

    private static IEnumerable<string?> WeightsOf(UserProject library) =>
        Directory.GetFiles(library["weights"]).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
