using StaticCnn.Generated;
using StaticCnn.Reference;

namespace StaticCnn.Verification;

/// <summary>The checks of the kernels of one vector width.</summary>
internal sealed class WidthChecks<TModel>(Expectation<TModel> expected, ModelKernels kernels) where TModel : class, ICnnModel<TModel>
{
    /// <summary>Sums of values near 1 may cancel out: what is smaller than this is held against this.</summary>
    private const double Floor = 0.1;

    private const double ForwardBound = 1e-5, GradientBound = 1e-4, StepBound = 1e-5;

    private readonly List<VerificationResult> _results = [];

    /// <summary>The checks in order.</summary>
    public IEnumerable<(string Name, Func<IReadOnlyList<VerificationResult>> Check)> All =>
    [
        ("memory", () => Collect(Memory)),
        ("forward pass", () => Collect(Forward)),
        ("gradients", () => Collect(Gradients)),
        ("finite differences", () => Collect(Slopes)),
        ("training steps", () => Collect(Steps)),
        ("threads", () => Collect(Threads)),
        ("allocation", () => Collect(Allocation)),
    ];

    private List<VerificationResult> Collect(Action check)
    {
        _results.Clear();
        check();
        return [.. _results];
    }

    private void Add(string check, string subject, double worst, double bound)
    {
        // The worst of several batches or images stands for all.
        int known = _results.FindIndex(result => result.Check == check && result.Subject == subject);
        if (known < 0) _results.Add(new VerificationResult(check, subject, kernels.VectorBits, worst, bound));
        else if (!(worst <= _results[known].Worst)) _results[known] = _results[known] with { Worst = worst };
    }

    private TModel Create()
    {
        var model = TModel.CreateWith(kernels);
        model.Parameters.Initialize(expected.Seed);
        return model;
    }

    private ICnnTrainer CreateTrainer(TModel model, int threads = 1) => TModel.CreateTrainer(model, threads, expected.Seed);

    /// <summary>The plan that the kernels carry, and what they really touch.</summary>
    private void Memory()
    {
        foreach (var (memory, required) in PlannedMemory.Of(kernels)) Add("plan: overlaps and overruns", memory.Name, memory.Violations(required), 0);
        var batch = expected.Batches[0];
        int count = Math.Min(batch.Labels.Length, kernels.Shards * kernels.Lanes);
        GuardedRun Run() => new(kernels, expected.Start, batch.Images[..(count * TModel.ImageLength)], batch.Labels[..count], TModel.ClassCount);
        float[] clean = Run().Run(poisoned: false, TModel.Recipe, out int broken);
        float[] poisoned = Run().Run(poisoned: true, TModel.Recipe, out int brokenToo);
        Add("floats written behind a memory's end", "", Math.Max(broken, brokenToo), 0);
        Add("results that depend on unwritten memory", "", Agreement.DifferentBits(clean, poisoned), 0);
    }

    private void Forward()
    {
        var model = Create();
        float[] logits = new float[TModel.ClassCount];
        // The first image once more at the end: nothing of the images between may be left behind.
        foreach (int i in Enumerable.Range(0, Math.Min(3, expected.Count)).Append(0))
        {
            var image = expected.Images.AsSpan(i * TModel.ImageLength, TModel.ImageLength);
            model.Forward(image, logits);
            Add("one image: logits", "", Agreement.Difference(expected.Outputs[i][^1], logits, Floor), ForwardBound);
            for (int l = 0; l < expected.Layers.Length; l++)
            {
                float[] activation = new float[expected.Outputs[i][l].Length];
                model.CopyActivation(l, activation);
                Add("one image: outputs", expected.Layers[l].Name, Agreement.Difference(expected.Outputs[i][l], activation, Floor), ForwardBound);
            }

            Add("one image: predicted class", "", model.Predict(image) == Array.IndexOf(logits, logits.Max()) ? 0 : 1, 0);
        }

        int count = expected.InferenceImages;
        float[] all = new float[count * TModel.ClassCount];
        model.ForwardBatch(expected.Images.AsSpan(0, count * TModel.ImageLength), all);
        Add("batch: logits", "", Agreement.Difference(expected.Outputs.Take(count).SelectMany(output => output[^1]).ToArray(), all, Floor), ForwardBound);
    }

    private void Gradients()
    {
        var model = Create();
        foreach (var batch in expected.Batches)
        {
            using var trainer = CreateTrainer(model);
            var evaluation = trainer.Evaluate(batch.Images, batch.Labels);
            Add("batch: loss", "", Math.Abs(batch.Loss - evaluation.Loss) / Math.Max(1, batch.Loss), ForwardBound);
            Add("batch: images counted", "", Math.Abs(batch.Labels.Length - evaluation.Total), 0);
            trainer.DropoutEnabled = false;
            Compare("gradients", model, batch.Gradients, trainer.Gradients(batch.Images, batch.Labels));
            trainer.DropoutEnabled = true;
            Compare("gradients with dropout", model, batch.GradientsWithDropout, trainer.Gradients(batch.Images, batch.Labels));
        }
    }

    private void Compare(string check, TModel model, float[][] reference, float[][] actual)
    {
        // A gradient that is 0 but for rounding is held against the others; where a sure answer leaves all of them near
        // 0, against what a float can tell a probability from 1 by, as in PyTorch's float32.
        double floor = Math.Max(1e-2 * reference.SelectMany(values => values).Max(Math.Abs), 1e-3);
        for (int p = 0; p < reference.Length; p++)
        {
            Add(check, model.Parameters.Infos[p].Name, Agreement.Difference(reference[p], actual[p], floor), GradientBound);
        }
    }

    private void Slopes()
    {
        foreach (var (parameter, worst) in new FiniteDifferences<TModel>(Create(), expected.Seed).Errors())
        {
            Add("gradients against slopes", parameter, worst, FiniteDifferences<TModel>.Bound);
        }
    }

    /// <summary>
    /// Three steps. Adam divides by the gradient's magnitude, so the reference takes its step with the very gradients
    /// of the trainer, which are held against the reference's own elsewhere.
    /// </summary>
    private void Steps()
    {
        var model = Create();
        var reference = new ReferenceNetwork(expected.Layers, model.Parameters);
        using var trainer = CreateTrainer(model);
        for (int step = 0; step < 3; step++)
        {
            var batch = expected.Batches[step % 2];
            float[][] before = Values(model), gradients = trainer.Gradients(batch.Images, batch.Labels);
            Add("gradients that change parameters", "", Different(before, Values(model)), 0);
            reference.AdamStep(gradients, TModel.Recipe, trainer.LearningRate);
            float[][] stepped = Values(model);
            for (int i = 0; i < before.Length; i++) model.Parameters.Set(i, before[i]);
            float loss = trainer.Step(batch.Images, batch.Labels);
            if (step == 0)
            {
                Add("training step: loss", "", Math.Abs(batch.LossWithDropout - loss) / Math.Max(1, batch.LossWithDropout), ForwardBound);
            }

            float[][] after = Values(model);
            for (int p = 0; p < after.Length; p++)
            {
                // A float rounds to a part of the larger operand: a lone bias may step to nearly 0 from far away.
                Add("training step: parameters", model.Parameters.Infos[p].Name, Agreement.Difference(stepped[p], after[p], before[p].Max(Math.Abs)), StepBound);
            }
        }

        Add("training step: steps counted", "", Math.Abs(3 - trainer.StepCount), 0);
    }

    /// <summary>The same steps and the same batch with one thread and with three.</summary>
    private void Threads()
    {
        var alone = Train(1);
        var together = Train(3);
        Add("threads: parameters that differ in a bit", "", Different(alone.Parameters, together.Parameters), 0);
        Add("threads: losses that differ in a bit", "", Agreement.DifferentBits(alone.Losses, together.Losses), 0);
        var model = Create();
        var images = expected.Images.AsSpan(0, expected.InferenceImages * TModel.ImageLength);
        float[] one = new float[expected.InferenceImages * TModel.ClassCount], three = new float[one.Length];
        model.ForwardBatch(images, one);
        using var team = new WorkerTeam(3);
        model.ForwardBatch(images, three, team);
        Add("threads: logits that differ in a bit", "", Agreement.DifferentBits(one, three), 0);
    }

    private (float[][] Parameters, float[] Losses) Train(int threads)
    {
        var model = Create();
        using var trainer = CreateTrainer(model, threads);
        float[] losses = [.. Enumerable.Range(0, 3).Select(step => trainer.Step(expected.Batches[step % 2].Images, expected.Batches[step % 2].Labels))];
        return (Values(model), losses);
    }

    /// <summary>Bytes that the threads of a trainer and of a team allocate while everything runs, after it has run before.</summary>
    private void Allocation()
    {
        var model = Create();
        using var trainer = CreateTrainer(model, 2);
        using var team = new WorkerTeam(2);
        if (trainer is not CnnTrainer generated) return;
        ThreadCensus[] census = [new(generated.Team), new(team)];
        var batch = expected.Batches[0];
        float[] logits = new float[TModel.ClassCount], all = new float[expected.InferenceImages * TModel.ClassCount];
        // Code that the runtime compiles again on the way allocates a little, once; what a pass allocates, it allocates each time.
        long least = long.MaxValue;
        for (int round = 0; round < 10 && least > 0; round++)
        {
            long before = census[0].Read() + census[1].Read();
            foreach (var each in expected.Batches) trainer.Step(each.Images, each.Labels);
            trainer.Evaluate(batch.Images, batch.Labels);
            model.Forward(batch.Images.AsSpan(0, TModel.ImageLength), logits);
            model.Predict(batch.Images.AsSpan(0, TModel.ImageLength));
            model.ForwardBatch(expected.Images.AsSpan(0, expected.InferenceImages * TModel.ImageLength), all);
            model.ForwardBatch(expected.Images.AsSpan(0, expected.InferenceImages * TModel.ImageLength), all, team);
            least = Math.Min(least, census[0].Read() + census[1].Read() - before);
        }

        Add("bytes allocated by steps and passes", "", least, 0);
    }

    private static float[][] Values(TModel model) => [.. model.Parameters.Infos.Select((info, i) =>
    {
        float[] values = new float[info.Count];
        model.Parameters.Get(i, values);
        return values;
    })];

    private static int Different(float[][] one, float[][] other) => one.Zip(other, (a, b) => Agreement.DifferentBits(a, b)).Sum();
}
