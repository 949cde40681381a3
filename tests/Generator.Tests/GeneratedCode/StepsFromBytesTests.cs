using StaticCnn;

namespace Generator.Tests.GeneratedCode;

/// <summary>A step on images chosen from bytes is the step on the same images as floats.</summary>
public class StepsFromBytesTests
{
    private const string Declaration =
        """
        using StaticCnn;
        [CnnModel(2, 7, 9)]
        [Conv2d(5, 3, Padding = 1), ReLU, MaxPool2d(2)]
        [Flatten, Dropout(0.2f), Linear(3)]
        [Training(BatchSize = 37)]
        public sealed partial class Net;
        """;

    private static readonly TensorShape Shape = new(2, 7, 9);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ToTheSameBits(int threads)
    {
        using var compiled = GeneratorHarness.Compile(Declaration);
        var data = Data(50);
        foreach (int bits in TestModel.Widths)
        {
            TestModel fromBytes = TestModel.Create(compiled["Net"], bits), fromFloats = TestModel.Create(compiled["Net"], bits);
            using ICnnTrainer bytes = fromBytes.CreateTrainer(threads), floats = fromFloats.CreateTrainer(threads);
            foreach (int count in (int[])[37, 17, 1])
            {
                int[] indices = [.. Enumerable.Range(0, count).Select(i => i * 7 % 50)], labels = new int[count];
                float[] images = new float[count * Shape.Length];
                BatchReader.Read(data, indices, images, labels);
                Assert.Equal(floats.Step(images, labels), bytes.Step(data, indices));
                Assert.Equal(floats.LastCorrect, bytes.LastCorrect);
            }

            Assert.Equal(Values(fromFloats), Values(fromBytes));
        }
    }

    [Fact]
    public void AndChecksWhatItIsGiven()
    {
        using var compiled = GeneratorHarness.Compile(Declaration);
        using var trainer = TestModel.Create(compiled["Net"]).CreateTrainer();
        var data = Data(50);
        Assert.Contains("1 to 37", Assert.Throws<ArgumentException>(() => trainer.Step(data, [])).Message);
        Assert.Contains("1 to 37", Assert.Throws<ArgumentException>(() => trainer.Step(data, new int[38])).Message);
        Assert.Contains("50 images", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Step(data, [0, 50])).Message);
        Assert.Contains("50 images", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Step(data, [-1])).Message);
        data.Labels[4] = 3;
        Assert.Contains("found 3 at image 4", Assert.Throws<ArgumentException>(() => trainer.Step(data, [1, 4])).Message);
        var other = new LabeledImages(new IdxImages(new byte[60], 1, new TensorShape(1, 6, 10)), [0], "other");
        Assert.Contains("[1,6,10]", Assert.Throws<ArgumentException>(() => trainer.Step(other, [0])).Message);
        Assert.Equal(0, trainer.StepCount);
    }

    private static LabeledImages Data(int count)
    {
        byte[] pixels = new byte[count * Shape.Length];
        new Random(1).NextBytes(pixels);
        return new LabeledImages(new IdxImages(pixels, count, Shape), [.. Enumerable.Range(0, count).Select(i => (byte)(i % 3))], "test");
    }

    private static float[][] Values(TestModel model)
    {
        float[][] values = [.. model.Parameters.Infos.Select(info => new float[info.Count])];
        for (int i = 0; i < values.Length; i++) model.Parameters.Get(i, values[i]);
        return values;
    }
}
