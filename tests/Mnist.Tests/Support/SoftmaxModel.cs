using System.Collections.Immutable;
using System.Runtime.InteropServices;
using StaticCnn.Generated;

namespace StaticCnn.Mnist.Tests.Support;

/// <summary>A linear softmax classifier in plain loops: the smallest real model, so that the program can be tested without a generated one.</summary>
internal sealed class SoftmaxModel : ICnnModel<SoftmaxModel>
{
    private const int Inputs = 28 * 28;
    private const int Classes = 10;
    private const int BiasOffset = Classes * Inputs;

    private static readonly ImmutableArray<ParameterInfo> Infos =
    [
        new("fc1.weight", [Classes, Inputs], Inputs, 0, Classes, Inputs),
        new("fc1.bias", [Classes], Inputs, BiasOffset, 1, 16),
    ];

    private static readonly LayerInfo[] AllLayers =
    [
        new("flatten1", new FlattenAttribute(), new TensorShape(1, 28, 28), new TensorShape(Inputs), [], 0),
        new("fc1", new LinearAttribute(Classes), new TensorShape(Inputs), new TensorShape(Classes), Infos, Inputs * Classes),
    ];

    private readonly float[] _image = new float[Inputs];

    private SoftmaxModel() => Parameters = new ParameterStore(ModelName, Infos);

    public static string ModelName => "SoftmaxModel";

    public static TensorShape InputShape => new(1, 28, 28);

    public static int ImageLength => Inputs;

    public static int ClassCount => Classes;

    public static int ParameterCount => BiasOffset + Classes;

    public static TrainingRecipe Recipe { get; } = new(BatchSize: 16, Epochs: 2, 0.01f, 0.9f, 0.999f, 1e-8f);

    public static ReadOnlySpan<LayerInfo> Layers => AllLayers;

    public static string Plan => "plain loops";

    public static ModelKernels Kernels => throw new NotSupportedException();

    public ParameterStore Parameters { get; }

    public static SoftmaxModel Create(ulong seed = 0)
    {
        var model = new SoftmaxModel();
        model.Parameters.Initialize(seed);
        return model;
    }

    public static SoftmaxModel Load(string path)
    {
        var model = new SoftmaxModel();
        model.Parameters.Load(path);
        return model;
    }

    public static SoftmaxModel Load(ReadOnlySpan<byte> safetensors)
    {
        var model = new SoftmaxModel();
        model.Parameters.Load(safetensors);
        return model;
    }

    public static SoftmaxModel LoadEmbedded()
    {
        var model = new SoftmaxModel();
        model.Parameters.LoadEmbedded(typeof(SoftmaxModel).Assembly);
        return model;
    }

    public static ICnnTrainer CreateTrainer(SoftmaxModel model, int threads, ulong seed) => new Trainer(model, threads);

    public void Save(string path) => Parameters.Save(path);

    public void Forward(ReadOnlySpan<float> image, Span<float> logits)
    {
        image.CopyTo(_image);
        var values = Values;
        for (int c = 0; c < Classes; c++)
        {
            float sum = values[BiasOffset + c];
            for (int i = 0; i < Inputs; i++) sum += values[c * Inputs + i] * image[i];
            logits[c] = sum;
        }
    }

    public void ForwardBatch(ReadOnlySpan<float> images, Span<float> logits, WorkerTeam? team = null)
    {
        for (int n = 0; n < logits.Length / Classes; n++)
            Forward(images.Slice(n * Inputs, Inputs), logits.Slice(n * Classes, Classes));
    }

    public int Predict(ReadOnlySpan<float> image)
    {
        Span<float> logits = stackalloc float[Classes];
        Forward(image, logits);
        return IndexOfLargest(logits);
    }

    public void CopyActivation(int layer, Span<float> destination)
    {
        if (layer == 0) _image.CopyTo(destination);
        else Forward(_image, destination);
    }

    private Span<float> Values => MemoryMarshal.CreateSpan(ref Parameters.At(0), Parameters.Length);

    private static int IndexOfLargest(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best]) best = i;
        }
        return best;
    }

    private sealed class Trainer(SoftmaxModel model, int threads) : ICnnTrainer
    {
        private readonly float[] _images = new float[Recipe.BatchSize * Inputs];
        private readonly int[] _labels = new int[Recipe.BatchSize];
        private readonly float[] _gradient = new float[model.Parameters.Length];
        private readonly float[] _first = new float[model.Parameters.Length];
        private readonly float[] _second = new float[model.Parameters.Length];

        public int Threads => threads;

        public int BatchSize => Recipe.BatchSize;

        public float LearningRate { get; set; } = Recipe.LearningRate;

        public bool DropoutEnabled { get; set; } = true;

        public long StepCount { get; private set; }

        public int LastCorrect { get; private set; }

        public float Step(ReadOnlySpan<float> images, ReadOnlySpan<int> labels)
        {
            Array.Clear(_gradient);
            LastCorrect = 0;
            float loss = 0;
            Span<float> logits = stackalloc float[Classes];
            for (int n = 0; n < labels.Length; n++)
            {
                var image = images.Slice(n * Inputs, Inputs);
                model.Forward(image, logits);
                int best = IndexOfLargest(logits);
                if (best == labels[n]) LastCorrect++;
                float largest = logits[best], sum = 0;
                foreach (float logit in logits) sum += MathF.Exp(logit - largest);
                loss += largest + MathF.Log(sum) - logits[labels[n]];
                for (int c = 0; c < Classes; c++)
                {
                    float delta = (MathF.Exp(logits[c] - largest) / sum - (c == labels[n] ? 1 : 0)) / labels.Length;
                    for (int i = 0; i < Inputs; i++) _gradient[c * Inputs + i] += delta * image[i];
                    _gradient[BiasOffset + c] += delta;
                }
            }
            if (float.IsFinite(loss)) Adam();
            return loss / labels.Length;
        }

        public float Step(LabeledImages data, ReadOnlySpan<int> indices)
        {
            var images = _images.AsSpan(0, indices.Length * Inputs);
            var labels = _labels.AsSpan(0, indices.Length);
            BatchReader.Read(data, indices, images, labels);
            return Step(images, labels);
        }

        public Evaluation Evaluate(ReadOnlySpan<float> images, ReadOnlySpan<int> labels) => throw new NotSupportedException();

        public float[][] Gradients(ReadOnlySpan<float> images, ReadOnlySpan<int> labels) => throw new NotSupportedException();

        public void SaveState(string path, IReadOnlyDictionary<string, string>? metadata = null) =>
            TrainerState.Save(path, model.Parameters, _first, _second, StepCount, metadata);

        public IReadOnlyDictionary<string, string> LoadState(string path, Action<IReadOnlyDictionary<string, string>>? accept = null)
        {
            var metadata = TrainerState.Load(path, model.Parameters, _first, _second, out long step, accept);
            StepCount = step;
            return metadata;
        }

        public void Dispose()
        {
        }

        private void Adam()
        {
            StepCount++;
            float correction1 = 1 - MathF.Pow(Recipe.Beta1, StepCount), correction2 = 1 - MathF.Pow(Recipe.Beta2, StepCount);
            var values = model.Values;
            for (int i = 0; i < values.Length; i++)
            {
                _first[i] += (1 - Recipe.Beta1) * (_gradient[i] - _first[i]);
                _second[i] += (1 - Recipe.Beta2) * (_gradient[i] * _gradient[i] - _second[i]);
                values[i] -= LearningRate * (_first[i] / correction1) / (MathF.Sqrt(_second[i] / correction2) + Recipe.Epsilon);
            }
            model.Parameters.Touch();
        }
    }
}
