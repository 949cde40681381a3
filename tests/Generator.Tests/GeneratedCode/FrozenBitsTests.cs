using System.Runtime.InteropServices;
using System.Security.Cryptography;
using StaticCnn;

namespace Generator.Tests.GeneratedCode;

/// <summary>
/// The tutorial's network after 20 steps with seed 0, bit for bit: a change of the compiler that is meant to change no result
/// changes none here. What is held are the sums' order and the algorithms, which the plan fixes on every machine with fused multiply-adds.
/// </summary>
public sealed class FrozenBitsTests
{
    [Fact]
    public void TwentyStepsEndInTheSameBits()
    {
        using var compiled = GeneratorHarness.Compile($"using StaticCnn;\n{Declared.SimpleCnn}\npublic sealed partial class SimpleCnn;");
        string[] expected =
        [
            "512: 653011ecdd226446",
            "256: 49e6981e2c7720e7",
            "128: bce2b88a10f23e07",
        ];
        Assert.Equal(expected, TestModel.Widths.Select(bits => FormattableString.Invariant($"{bits}: {Train(compiled["SimpleCnn"], bits)}")));
    }

    private static string Train(Type type, int bits)
    {
        var model = TestModel.Create(type, bits, seed: 0);
        using var trainer = model.CreateTrainer(threads: 2, seed: 0);
        var random = new CounterRandom(0, 1000);
        ulong counter = 0;
        for (int step = 0; step < 20; step++)
        {
            // The last batch is short, so that a shard without images and lanes without one are held, too.
            int count = step < 19 ? trainer.BatchSize : 21;
            float[] images = new float[count * model.ImageLength];
            int[] labels = new int[count];
            foreach (ref float pixel in images.AsSpan()) pixel = random.Single(counter++);
            foreach (ref int label in labels.AsSpan()) label = (int)(random.UInt64(counter++) % 10);
            trainer.Step(images, labels);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < model.Parameters.Infos.Length; i++)
        {
            float[] values = new float[model.Parameters.Infos[i].Count];
            model.Parameters.Get(i, values);
            hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
