using System.Runtime.Intrinsics;
using StaticCnn.Generated;

namespace StaticCnn.Tests;

public class DropoutTests
{
    private const int Images = 64, Units = 2048;

    /// <summary>Whether each unit of each image is kept at probability 0.5.</summary>
    private static bool[,] Mask(long step, int layer = 3, ulong seed = 1)
    {
        var mask = new bool[Images, Units];
        for (int image = 0; image < Images; image++)
        {
            uint key = DropoutKeys.Key(seed, step, image, layer);
            for (int unit = 0; unit < Units; unit++) mask[image, unit] = DropoutLanes.Scale(key, (uint)unit, DropoutLanes.Threshold(0.5f), 2) != 0;
        }
        return mask;
    }

    /// <summary>Standard deviations by which the number of agreements departs from a half.</summary>
    private static double Surprise(Func<int, int, bool> agree)
    {
        int agreements = 0;
        for (int image = 0; image < Images - 1; image++)
        {
            for (int unit = 0; unit < Units - 1; unit++) agreements += agree(image, unit) ? 1 : 0;
        }
        double count = (Images - 1) * (Units - 1);
        return Math.Abs(agreements - count / 2) / Math.Sqrt(count / 4);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.2f)]
    [InlineData(0.5f)]
    [InlineData(0.99f)]
    public void The_stated_share_is_dropped(float probability)
    {
        int dropped = 0;
        for (int image = 0; image < Images; image++)
        {
            uint key = DropoutKeys.Key(9, 100, image, 0);
            for (uint unit = 0; unit < Units; unit++)
            {
                float factor = DropoutLanes.Scale(key, unit, DropoutLanes.Threshold(probability), 1.25f);
                Assert.True(factor is 0 or 1.25f);
                dropped += factor == 0 ? 1 : 0;
            }
        }
        double count = Images * Units, deviation = Math.Sqrt(count * probability * (1 - probability));
        Assert.InRange(dropped, count * probability - 4.5 * deviation, count * probability + 4.5 * deviation);
    }

    [Fact]
    public void Neighbouring_units_images_steps_layers_and_seeds_are_independent()
    {
        for (long step = 0; step < 8; step++)
        {
            var mask = Mask(step);
            var next = Mask(step + 1);
            var layer = Mask(step, layer: 4);
            var seed = Mask(step, seed: 2);
            Assert.True(Surprise((image, unit) => mask[image, unit] == mask[image, unit + 1]) < 4.5);
            Assert.True(Surprise((image, unit) => mask[image, unit] == mask[image + 1, unit]) < 4.5);
            Assert.True(Surprise((image, unit) => mask[image, unit] == mask[image + 1, unit + 1]) < 4.5);
            Assert.True(Surprise((image, unit) => mask[image, unit] == next[image, unit]) < 4.5);
            Assert.True(Surprise((image, unit) => mask[image, unit] == layer[image, unit]) < 4.5);
            Assert.True(Surprise((image, unit) => mask[image, unit] == seed[image, unit]) < 4.5);
        }
    }

    [Fact]
    public void Every_key_bit_turns_over_half_of_the_masks_units()
    {
        for (int bit = 0; bit < 32; bit++)
        {
            int turned = 0;
            for (uint unit = 0; unit < 4096; unit++)
            {
                uint key = 0x12345678 + 77 * unit;
                uint threshold = DropoutLanes.Threshold(0.5f);
                turned += DropoutLanes.Scale(key, unit, threshold, 1) != DropoutLanes.Scale(key ^ (1u << bit), unit, threshold, 1) ? 1 : 0;
            }
            Assert.InRange(turned, 2048 - 5 * 32, 2048 + 5 * 32);
        }
    }

    [Fact]
    public void All_widths_agree_lane_for_lane()
    {
        float[] keys = new float[16];
        DropoutKeys.Fill(keys, 4, 5, 6, 7);
        for (int i = 0; i < 16; i++) Assert.Equal(DropoutKeys.Key(4, 5, 6 + i, 7), BitConverter.SingleToUInt32Bits(keys[i]));
        foreach (float probability in new[] { 0f, 0.2f, 0.75f })
        {
            uint threshold = DropoutLanes.Threshold(probability);
            for (uint unit = 0; unit < 500; unit++)
            {
                float[] expected = [.. keys.Select(key => DropoutLanes.Scale(BitConverter.SingleToUInt32Bits(key), unit, threshold, 1.5f))];
                float[] by16 = new float[16], by8 = new float[16], by4 = new float[16];
                DropoutLanes.Scale(Vector512.Create(keys), unit, threshold, 1.5f).CopyTo(by16);
                for (int i = 0; i < 16; i += 8) DropoutLanes.Scale(Vector256.Create(keys.AsSpan(i, 8)), unit, threshold, 1.5f).CopyTo(by8, i);
                for (int i = 0; i < 16; i += 4) DropoutLanes.Scale(Vector128.Create(keys.AsSpan(i, 4)), unit, threshold, 1.5f).CopyTo(by4, i);
                Assert.Equal(expected, by16);
                Assert.Equal(expected, by8);
                Assert.Equal(expected, by4);
            }
        }
    }
}
