using BenchmarkDotNet.Attributes;

namespace StaticCnn.Bench;

/// <summary>What a program does with a network: one image, a batch, and a training step.</summary>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(SimpleCnn))]
[GenericTypeArguments(typeof(OverfitCnn))]
[GenericTypeArguments(typeof(LeNet5))]
[GenericTypeArguments(typeof(ColorCnn))]
public class NetworkBenchmarks<TModel> where TModel : class, ICnnModel<TModel>
{
    private const int BatchImages = 64;

    private TModel _model = null!;
    private ICnnTrainer _trainer = null!;
    private WorkerTeam _team = null!;
    private float[] _images = [];
    private int[] _labels = [];
    private float[] _logits = [];

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _model = TModel.Create();
        _trainer = TModel.CreateTrainer(TModel.Create(), Threads, 0);
        _team = new WorkerTeam(Threads);
        var random = new Random(1);
        _images = new float[Math.Max(BatchImages, _trainer.BatchSize) * TModel.ImageLength];
        foreach (ref float pixel in _images.AsSpan()) pixel = random.NextSingle();
        _labels = new int[_trainer.BatchSize];
        foreach (ref int label in _labels.AsSpan()) label = random.Next(TModel.ClassCount);
        _logits = new float[BatchImages * TModel.ClassCount];
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _trainer.Dispose();
        _team.Dispose();
    }

    /// <summary>One image; the number of threads makes no difference to it.</summary>
    [Benchmark]
    public void OneImage() => _model.Forward(_images.AsSpan(0, TModel.ImageLength), _logits.AsSpan(0, TModel.ClassCount));

    /// <summary>64 images.</summary>
    [Benchmark]
    public void Batch64() => _model.ForwardBatch(_images.AsSpan(0, BatchImages * TModel.ImageLength), _logits, _team);

    /// <summary>Forward pass, backward pass and Adam for one batch of the declared size.</summary>
    [Benchmark]
    public float TrainingStep() => _trainer.Step(_images.AsSpan(0, _labels.Length * TModel.ImageLength), _labels);
}
