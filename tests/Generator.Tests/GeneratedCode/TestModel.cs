using System.Reflection;
using StaticCnn;
using StaticCnn.Generated;
using StaticCnn.Reference;

namespace Generator.Tests.GeneratedCode;

/// <summary>One instance of a generated class, whose type the tests do not know when they are compiled.</summary>
internal abstract class TestModel
{
    /// <summary>The vector widths of the kernels, all of which run anywhere; where the machine lacks one, in software.</summary>
    public static readonly int[] Widths = [512, 256, 128];

    public abstract LayerInfo[] Layers { get; }

    public abstract TrainingRecipe Recipe { get; }

    public abstract string Name { get; }

    public abstract int ImageLength { get; }

    public abstract int ClassCount { get; }

    public abstract ParameterStore Parameters { get; }

    public abstract void Forward(ReadOnlySpan<float> image, Span<float> logits);

    public abstract void ForwardBatch(ReadOnlySpan<float> images, Span<float> logits, WorkerTeam? team = null);

    public abstract int Predict(ReadOnlySpan<float> image);

    public abstract void CopyActivation(int layer, Span<float> destination);

    /// <summary>Everything that the verifier knows, with the kernels of some widths.</summary>
    public abstract IReadOnlyList<VerificationResult> Verify(IReadOnlyList<int> widths, VerificationOptions options);

    public abstract ICnnTrainer CreateTrainer(int threads = 1, ulong seed = 0);

    /// <summary>The reference interpretation of the same network, which reads and writes this instance's parameters.</summary>
    public ReferenceNetwork Reference => new(Layers, Parameters);

    /// <summary>A network with the kernels of a vector width, or, with 0, of the width that the generated class chooses.</summary>
    public static TestModel Create(Type type, int bits = 0, ulong seed = 0) =>
        (TestModel)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type), bits, seed)!;

    /// <summary>A network with the weights that are embedded in its assembly.</summary>
    public static TestModel LoadEmbedded(Type type)
    {
        try
        {
            return (TestModel)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type))!;
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    private sealed class Of<T> : TestModel where T : class, ICnnModel<T>
    {
        private readonly T _model;

        public Of(int bits, ulong seed)
        {
            _model = bits == 0 ? T.Create(seed) : WithKernels(bits);
            _model.Parameters.Initialize(seed);
        }

        /// <summary>The network with its embedded weights.</summary>
        public Of() => _model = T.LoadEmbedded();

        public override LayerInfo[] Layers => T.Layers.ToArray();

        public override TrainingRecipe Recipe => T.Recipe;

        public override string Name => T.ModelName;

        public override int ImageLength => T.ImageLength;

        public override int ClassCount => T.ClassCount;

        public override ParameterStore Parameters => _model.Parameters;

        public override void Forward(ReadOnlySpan<float> image, Span<float> logits) => _model.Forward(image, logits);

        public override void ForwardBatch(ReadOnlySpan<float> images, Span<float> logits, WorkerTeam? team = null) =>
            _model.ForwardBatch(images, logits, team);

        public override int Predict(ReadOnlySpan<float> image) => _model.Predict(image);

        public override void CopyActivation(int layer, Span<float> destination) => _model.CopyActivation(layer, destination);

        public override ICnnTrainer CreateTrainer(int threads = 1, ulong seed = 0) => T.CreateTrainer(_model, threads, seed);

        public override IReadOnlyList<VerificationResult> Verify(IReadOnlyList<int> widths, VerificationOptions options) =>
            ModelVerifier.Verify<T>([.. widths.Select(KernelsOf)], options);

        private static T WithKernels(int bits) => T.CreateWith(KernelsOf(bits));

        /// <summary>The class offers the widths that the processor has; the others run in software.</summary>
        private static ModelKernels KernelsOf(int bits) => (ModelKernels)Activator.CreateInstance(
            typeof(T).Assembly.GetType($"{T.Kernels.GetType().Namespace}.Kernels{bits}", throwOnError: true)!)!;
    }
}
