using CsCheck;
using StaticCnn;
using StaticCnn.Reference;

namespace Generator.Tests.GeneratedCode;

/// <summary>Random networks, compiled and run at every vector width, against the plain loops of the reference.</summary>
public class RandomNetworksTests
{
    private const int Batches = 8, NetworksOfABatch = 25;

    /// <summary>Images are in [-1,1] and weights are initialised so that values stay near that; a sum of such may cancel out.</summary>
    private const double Floor = 0.1;

    /// <summary>A failing network is shown as it would be declared, with the seed that draws it again.</summary>
    [Fact]
    public void GeneratedCodeComputesWhatTheReferenceComputes() =>
        RandomNetwork.Any.Array[NetworksOfABatch].Sample(Check, iter: Batches, threads: 1, print: networks => $"{networks.Length} networks, of which this one failed:");

    /// <summary>What <see cref="NarrowVectorsTests"/> runs again: wide vectors are slow in software.</summary>
    [Fact]
    public void AFewNetworksComputeWhatTheReferenceComputes() =>
        RandomNetwork.Any.Array[6].Sample(Check, iter: 1, threads: 1, print: networks => $"{networks.Length} networks, of which this one failed:");

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
                // One of a batch may be left out: at least 200 networks remain.
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"{networks[i]}\n{failure.Message}", failure);
            }
        }
    }

    private static void Check(RandomNetwork network, Type type)
    {
        var models = TestModel.Widths.Select(bits => TestModel.Create(type, bits, network.Seed)).ToList();
        var (layers, reference) = (models[0].Layers, models[0].Reference);
        var steady = new SteadyImages(layers, models[0].Parameters, network.Seed);
        var (images, labels) = steady.Draw(Math.Max(network.Images, network.BatchSize));
        int length = models[0].ImageLength;
        var outputs = Enumerable.Range(0, labels.Length).Select(i => reference.Forward(images.AsSpan(i * length, length))).ToArray();
        var batches = new[] { network.BatchSize, network.ShortBatch }
            .Select(count => new Batch(reference, images[..(count * length)], labels[..count], network.Seed)).ToArray();
        foreach (var model in models)
        {
            CheckForward(model, images, outputs, network.Images);
            foreach (var batch in batches) CheckTraining(model, batch, network.Seed);
            CheckSteps(model, batches, network.Seed);
        }
    }

    private sealed class Batch(ReferenceNetwork reference, float[] images, int[] labels, ulong seed)
    {
        public float[] Images { get; } = images;

        public int[] Labels { get; } = labels;

        public DropoutDraw Draw { get; } = new(seed, 0);

        public double Loss { get; } = reference.Loss(images, labels);

        public float[][] Gradients { get; } = reference.Gradients(images, labels);

        public double LossWithDropout { get; } = reference.Loss(images, labels, new DropoutDraw(seed, 0));

        public float[][] GradientsWithDropout { get; } = reference.Gradients(images, labels, new DropoutDraw(seed, 0));
    }

    private static void CheckForward(TestModel model, float[] images, float[][][] outputs, int count)
    {
        float[] logits = new float[model.ClassCount];
        // The first image's logits once more at the end: nothing of the images between may be left behind.
        foreach (int i in Enumerable.Range(0, Math.Min(3, outputs.Length)).Append(0))
        {
            var image = images.AsSpan(i * model.ImageLength, model.ImageLength);
            model.Forward(image, logits);
            Agreement.Require(outputs[i][^1], logits, 1e-5, "logits of one image", Floor);
            Assert.Equal(Array.IndexOf(logits, logits.Max()), model.Predict(image));
            for (int l = 0; l < outputs[i].Length; l++)
            {
                float[] activation = new float[outputs[i][l].Length];
                model.CopyActivation(l, activation);
                Agreement.Require(outputs[i][l], activation, 1e-5, "activations", Floor);
            }
        }

        float[] all = new float[count * model.ClassCount];
        model.ForwardBatch(images.AsSpan(0, count * model.ImageLength), all);
        Agreement.Require(outputs.Take(count).SelectMany(output => output[^1]).ToArray(), all, 1e-5, "logits of a batch", Floor);
        using var team = new WorkerTeam(3);
        float[] shared = new float[all.Length];
        model.ForwardBatch(images.AsSpan(0, count * model.ImageLength), shared, team);
        Assert.Equal(all, shared);
    }

    private static void CheckTraining(TestModel model, Batch batch, ulong seed)
    {
        using var trainer = model.CreateTrainer(1, seed);
        var evaluation = trainer.Evaluate(batch.Images, batch.Labels);
        Assert.Equal(batch.Loss, evaluation.Loss, 1e-5 * Math.Max(1, batch.Loss));
        Assert.Equal(batch.Labels.Length, evaluation.Total);
        trainer.DropoutEnabled = false;
        CheckGradients(batch.Gradients, trainer.Gradients(batch.Images, batch.Labels), "gradients");
        trainer.DropoutEnabled = true;
        CheckGradients(batch.GradientsWithDropout, trainer.Gradients(batch.Images, batch.Labels), "gradients with dropout");
    }

    private static void CheckGradients(float[][] expected, float[][] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        // A gradient that is 0 but for rounding is held against the others; where a sure answer leaves all of them near
        // 0, against what a float can tell a probability from 1 by, as in PyTorch's float32.
        double floor = Math.Max(1e-2 * expected.SelectMany(values => values).Max(Math.Abs), 1e-3);
        for (int p = 0; p < expected.Length; p++) Agreement.Require(expected[p], actual[p], 1e-4, what, floor);
    }

    /// <summary>
    /// Three steps. Adam divides by the gradient's magnitude, so the reference takes its step with the very gradients
    /// of the trainer, which are held against the reference's own before.
    /// </summary>
    private static void CheckSteps(TestModel model, Batch[] batches, ulong seed)
    {
        float[][] start = Values(model);
        var reference = model.Reference;
        float[][] afterwards = start;
        float[] losses = new float[3];
        using (var trainer = model.CreateTrainer(1, seed))
        {
            for (int step = 0; step < 3; step++)
            {
                var batch = batches[step % 2];
                float[][] before = Values(model), gradients = trainer.Gradients(batch.Images, batch.Labels);
                Assert.Equal(before, Values(model));
                reference.AdamStep(gradients, model.Recipe, trainer.LearningRate);
                float[][] expected = Values(model);
                Restore(model, before);
                losses[step] = trainer.Step(batch.Images, batch.Labels);
                if (step == 0) Assert.Equal(batch.LossWithDropout, losses[0], 1e-5 * Math.Max(1, batch.LossWithDropout));
                float[][] stepped = Values(model);
                for (int p = 0; p < stepped.Length; p++)
                {
                    // A float rounds to a part of the larger operand: a lone bias may step to nearly 0 from far away.
                    Agreement.Require(expected[p], stepped[p], 1e-5, "stepped parameters", before[p].Max(Math.Abs));
                }

            }

            Assert.Equal(3, trainer.StepCount);
        }

        // The same from the start without the detours, twice: with one thread and with three.
        foreach (int threads in new[] { 1, 3 })
        {
            Restore(model, start);
            using var trainer = model.CreateTrainer(threads, seed);
            for (int step = 0; step < 3; step++)
            {
                float loss = trainer.Step(batches[step % 2].Images, batches[step % 2].Labels);
                if (threads == 3) Assert.Equal(losses[step], loss);
                else losses[step] = loss;
            }

            if (threads == 3) Assert.Equal(afterwards, Values(model));
            else afterwards = Values(model);
        }

        Restore(model, start);
    }

    private static float[][] Values(TestModel model) => [.. model.Parameters.Infos.Select((info, i) =>
    {
        float[] values = new float[info.Count];
        model.Parameters.Get(i, values);
        return values;
    })];

    private static void Restore(TestModel model, float[][] values)
    {
        for (int i = 0; i < values.Length; i++) model.Parameters.Set(i, values[i]);
    }
}
