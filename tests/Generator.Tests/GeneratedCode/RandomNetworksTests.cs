using CsCheck;
using StaticCnn;
using StaticCnn.Verification;

namespace Generator.Tests.GeneratedCode;

/// <summary>Random networks, compiled and run at every vector width, against the plain loops of the reference.</summary>
public class RandomNetworksTests
{
    private const int NetworksOfABatch = 25;

    /// <summary>The long suite verifies 500 networks.</summary>
    private static readonly int Batches = Suite.Count(1, 20);

    /// <summary>A failing network is shown as it would be declared, with the seed that draws it again.</summary>
    [Fact]
    public void GeneratedCodeComputesWhatTheReferenceComputes() =>
        RandomNetwork.Any.Array[NetworksOfABatch].Sample(Check, iter: Batches, threads: 1, print: networks => $"{networks.Length} networks, of which this one failed:");

    /// <summary>What <see cref="NarrowVectorsTests"/> runs again: wide vectors are slow in software.</summary>
    [Fact]
    public void AFewNetworksComputeWhatTheReferenceComputes() =>
        RandomNetwork.Any.Array[Suite.Count(2, 6)].Sample(Check, iter: 1, threads: 1, print: networks => $"{networks.Length} networks, of which this one failed:");

    /// <summary>More shards than the update writes out, at every width.</summary>
    [Fact]
    public void LargeBatchesAreNoDifferent() => Check([new RandomNetwork(
        """
        [CnnModel(1, 4, 3)]
        [Conv2d(2, 2, Algorithm = ConvolutionAlgorithm.Direct), MaxPool2d(1, 2, Stride = 1), ReLU]
        [Flatten, Linear(3)]
        [Training(BatchSize = 541)]

        """,
        541, 530, 3, 5)]);

    /// <summary>The first conv layer has an input gradient of its own only behind another; all strides multiply to more than an int.</summary>
    [Fact]
    public void StridesBeyondTheImageTakeOneStep() => Check([new RandomNetwork(
        """
        [CnnModel(2, 7, 6)]
        [Conv2d(3, 2), ReLU]
        [Conv2d(4, 3, 2, StrideHeight = 2147483647, StrideWidth = 2, Padding = 1), ReLU]
        [MaxPool2d(1, 2, Stride = 2147483647)]
        [Conv2d(3, 1, Stride = 2147483647)]
        [Flatten, Linear(3)]
        [Training(BatchSize = 9)]

        """,
        9, 5, 3, 6)]);

    private static void Check(RandomNetwork[] networks)
    {
        using var compiled = GeneratorHarness.Compile(
            "using StaticCnn;\nnamespace Random;\n" + string.Concat(networks.Select((network, i) => network.Declare($"Net{i}"))));
        int unsteady = 0;
        for (int i = 0; i < networks.Length; i++)
        {
            try
            {
                Check(networks[i], compiled[$"Random.Net{i}"]);
            }
            catch (NoSteadyImageException) when (++unsteady <= 1)
            {
                // One of a batch may be left out.
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"{networks[i]}\n{failure.Message}", failure);
            }
        }
    }

    private static void Check(RandomNetwork network, Type type)
    {
        var results = TestModel.Create(type).Verify(TestModel.Widths, new VerificationOptions
        {
            Seed = network.Seed,
            BatchSize = network.BatchSize,
            ShortBatch = network.ShortBatch,
            Images = network.Images,
        });
        foreach (var result in results) Worst.Note(result.Check, result.Worst);
        var failed = results.Where(result => !result.Passed).ToList();
        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }
}
