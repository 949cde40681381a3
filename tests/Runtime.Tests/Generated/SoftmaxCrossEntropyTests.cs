using CsCheck;
using StaticCnn.Generated;

namespace StaticCnn.Tests;

public class SoftmaxCrossEntropyTests
{
    /// <summary>The definition, in double precision.</summary>
    private static (double Loss, double[] Gradient) Definition(double[] logits, int label)
    {
        double largest = logits.Max();
        double[] e = [.. logits.Select(x => Math.Exp(x - largest))];
        return (Math.Log(e.Sum()) + largest - logits[label], [.. e.Select((x, c) => x / e.Sum() - (c == label ? 1 : 0))]);
    }

    [Fact]
    public void Losses_and_gradients_are_those_of_the_definition()
    {
        var random =
            from lanes in Gen.Int[2, 4].Select(bits => 1 << bits)
            from classes in Gen.Int[2, 40]
            from present in Gen.Int[0, lanes]
            from logits in Gen.Float[-30, 30].Array[lanes * classes]
            from labels in Gen.Int[0, classes - 1].Array[present]
            select (lanes, classes, logits, labels);
        random.Sample(sample =>
        {
            var (lanes, classes, logits, labels) = sample;
            float[] gradients = new float[lanes * classes];
            Array.Fill(gradients, float.NaN);
            double[] losses = new double[lanes], evaluated = new double[lanes];
            bool[] hits = new bool[lanes], evaluatedHits = new bool[lanes];
            float[] scratch = new float[2 * classes];
            SoftmaxCrossEntropy.Shard(ref logits[0], ref gradients[0], lanes, classes, labels, 0.25f, losses, hits, scratch);
            SoftmaxCrossEntropy.Evaluate(ref logits[0], lanes, classes, labels, evaluated, evaluatedHits, scratch);
            Assert.Equal(losses, evaluated);
            Assert.Equal(hits, evaluatedHits);
            for (int image = 0; image < lanes; image++)
            {
                double[] values = [.. Enumerable.Range(0, classes).Select(c => (double)logits[c * lanes + image])];
                if (image >= labels.Length)
                {
                    Assert.All(Enumerable.Range(0, classes), c => Assert.Equal(0f, gradients[c * lanes + image]));
                    continue;
                }
                var (loss, gradient) = Definition(values, labels[image]);
                Assert.Equal(loss, losses[image], 1e-5);
                Assert.Equal(Array.IndexOf(values, values.Max()) == labels[image], hits[image]);
                for (int c = 0; c < classes; c++) Assert.Equal(gradient[c] * 0.25, gradients[c * lanes + image], 1e-6);
            }
        });
    }

    [Fact]
    public void The_first_of_equal_logits_is_the_prediction()
    {
        float[] logits = [1, 3, 3, 2], gradients = new float[4], scratch = new float[8];
        double[] losses = new double[1];
        bool[] hits = new bool[1];
        SoftmaxCrossEntropy.Shard(ref logits[0], ref gradients[0], 1, 4, [2], 1, losses, hits, scratch);
        Assert.False(hits[0]);
        SoftmaxCrossEntropy.Shard(ref logits[0], ref gradients[0], 1, 4, [1], 1, losses, hits, scratch);
        Assert.True(hits[0]);
    }

    [Fact]
    public void Huge_logits_neither_overflow_nor_lose_the_loss()
    {
        float[] logits = [3e38f, -3e38f], gradients = new float[2], scratch = new float[4];
        double[] losses = new double[1];
        bool[] hits = new bool[1];
        SoftmaxCrossEntropy.Shard(ref logits[0], ref gradients[0], 1, 2, [1], 1, losses, hits, scratch);
        Assert.Equal(6e38, losses[0], 1e32);
        Assert.Equal([1, -1], gradients);
    }

    /// <summary>What follows from them in the backward pass would cost many processors over 100 cycles each.</summary>
    [Fact]
    public void A_sure_answer_has_no_gradients_whose_squares_are_no_normal_floats()
    {
        for (float sure = 0; sure < 120; sure += 0.25f)
        {
            float[] logits = [sure, 0, -1], gradients = new float[3], scratch = new float[6];
            SoftmaxCrossEntropy.Shard(ref logits[0], ref gradients[0], 1, 3, [0], 1, new double[1], new bool[1], scratch);
            double sum = Math.Exp(sure) + 1 + Math.Exp(-1);
            Assert.Equal(1 / sum, gradients[1], sure < 43 ? 1e-5 / sum : 1.1e-19);
            Assert.All(gradients, gradient => Assert.True(gradient == 0 || float.IsNormal(gradient * gradient)));
        }
    }
}
