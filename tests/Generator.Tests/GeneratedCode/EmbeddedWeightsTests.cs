using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticCnn;

namespace Generator.Tests.GeneratedCode;

/// <summary>Weights as a resource of the model's own assembly.</summary>
public class EmbeddedWeightsTests
{
    private const string Source =
        """
        using StaticCnn;
        namespace Shop;
        partial class Outer
        {
            [CnnModel(1, 28, 28), Flatten, Linear(400), ReLU, Linear(3)]
            internal sealed partial class Net;
        }
        """;

    [Fact]
    public void ReadsTheWeightsOfItsAssemblyInPlace()
    {
        byte[] file = File();
        using var compiled = Compile(file, "StaticCnn/Net.safetensors");

        var loaded = Load(compiled);
        float[] expected = new float[3], found = new float[3], image = [.. Enumerable.Range(0, 784).Select(i => i % 9 / 9f)];
        Trained(compiled).Forward(image, expected);
        loaded.Forward(image, found);
        Assert.Equal(expected, found);

        // What is allocated beyond a network's own memory is the header's text, and no copy of the file.
        long created = Allocated(() => compiled["Shop.Outer+Net"].GetMethod("Create")!.Invoke(null, [0ul]));
        Assert.InRange(Allocated(() => Load(compiled)) - created, 0, file.Length / 16);
    }

    /// <summary>All that a person or our own messages may write for the network, and the name that a build gives which knows none.</summary>
    [Theory]
    [InlineData("Shop.Outer.Net")]
    [InlineData("Outer.Net")]
    [InlineData("{model}")]
    public void FindsThemUnderEveryNameOfTheNetwork(string name)
    {
        using var compiled = Compile(File(), $"StaticCnn/{name}.safetensors");

        Assert.Equal("Net", Load(compiled).Name);
    }

    /// <summary>Two networks, and a file for one of them that nobody knows.</summary>
    [Fact]
    public void WeightsForOneOfSeveralAskWhichOne()
    {
        using var compiled = Compile(File(), "StaticCnn/{model}.safetensors", Source, Source.Replace("Net", "Other", StringComparison.Ordinal));

        Assert.EndsWith("say with CnnModelName which one it is for.", Assert.Throws<WeightsException>(() => Load(compiled)).Message, StringComparison.Ordinal);
    }

    /// <summary>Weights of the other would load without a word where the shapes are the same.</summary>
    [Fact]
    public void NetworksOfOneNameHaveWeightsOfTheirOwn()
    {
        const string Another = "namespace Club { [StaticCnn.CnnModel(1, 28, 28), StaticCnn.Flatten, StaticCnn.Linear(400), StaticCnn.ReLU, StaticCnn.Linear(3)] partial class Net; }";
        byte[] file = File();
        using var shared = Compile(file, "StaticCnn/Net.safetensors", Source, Another);
        using var own = Compile(file, "StaticCnn/Shop.Outer.Net.safetensors", Source, Another);

        Assert.Contains("(the resource StaticCnn/Shop.Outer.Net.safetensors)", Assert.Throws<WeightsException>(() => Load(shared)).Message, StringComparison.Ordinal);
        Assert.Contains("(the resource StaticCnn/Club.Net.safetensors)", Assert.Throws<WeightsException>(() => Load(own, "Club.Net")).Message, StringComparison.Ordinal);
        Assert.Equal("Net", Load(own).Name);
    }

    [Fact]
    public void SaysWhatToDoWithoutWeights()
    {
        using var compiled = Compile(File(), "StaticCnn/Other.safetensors");

        var error = Assert.Throws<WeightsException>(() => Load(compiled));

        Assert.Equal(
            $"{compiled.Assembly.GetName().Name} has no embedded weights of Net (the resource StaticCnn/Net.safetensors). "
            + "Train the network with 'dotnet build -t:TrainMnist', then build again.",
            error.Message);
    }

    [Fact]
    public void NamesTheResourceThatIsDamagedOrAnotherNetworks()
    {
        byte[] file = File();
        using var damaged = Compile(file[..^4], "StaticCnn/Net.safetensors");
        Assert.StartsWith(
            $"The resource StaticCnn/Net.safetensors of {damaged.Assembly.GetName().Name}: This is not a safetensors file",
            Assert.Throws<WeightsException>(() => Load(damaged)).Message, StringComparison.Ordinal);

        using var changed = Compile(file, "StaticCnn/Net.safetensors", Source.Replace("Linear(400)", "Linear(300)", StringComparison.Ordinal));
        Assert.Contains("expected fc1.weight [300,784], found [400,784]", Assert.Throws<WeightsException>(() => Load(changed)).Message, StringComparison.Ordinal);
    }

    private static byte[] File()
    {
        using var compiled = GeneratorHarness.Compile(Source);
        string path = Path.GetTempFileName();
        try
        {
            Trained(compiled).Parameters.Save(path);
            return System.IO.File.ReadAllBytes(path);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    private static TestModel Trained(GeneratedModel compiled) => TestModel.Create(compiled["Shop.Outer+Net"], seed: 7);

    private static GeneratedModel Compile(byte[] file, string resource, params string[] sources) => GeneratorHarness.Compile(
        LanguageVersion.CSharp12, [new ResourceDescription(resource, () => new MemoryStream(file), isPublic: true)], sources is [] ? [Source] : sources);

    private static TestModel Load(GeneratedModel compiled, string type = "Shop.Outer+Net") => TestModel.LoadEmbedded(compiled[type]);

    private static long Allocated(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
