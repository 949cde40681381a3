using StaticCnn.Reference;

namespace StaticCnn.Tests;

/// <summary>What is null, or no number, is refused at the door, by the name of the argument, and not where it is used at last.</summary>
public class ArgumentsTests
{
    private static readonly LabeledImages Data = new(new IdxImages(new byte[8], 2, new TensorShape(1, 2, 2)), [0, 1], "test");

    [Fact]
    public void Null_is_named()
    {
        var store = SampleParameters.Store();
        using var team = new WorkerTeam(1);
        Named("work", () => team.Run(null!, [1]));
        Named("model", () => new ParameterStore(null!, []));
        Named("infos", () => new ParameterStore("Sample", default));
        Named("name", () => store.IndexOf(null!));
        Named("path", () => store.Save(null!));
        Named("path", () => store.Load((string)null!));
        Named("assembly", () => store.LoadEmbedded(null!));
        Named("parameters", () => TrainerState.Save("file", null!, [], [], 0));
        Named("parameters", () => TrainerState.Load("file", null!, [], [], out _));
        Named("path", () => AtomicFile.Write(null!, _ => { }));
        Named("write", () => AtomicFile.Write("file", null!));
        Named("data", () => BatchReader.Read(null!, [], [], []));
        Named("images", () => new LabeledImages(null!, [], "test"));
        Named("labels", () => new LabeledImages(Data.Images, null!, "test"));
        Named("source", () => new LabeledImages(Data.Images, [0, 1], null!));
        Named("path", () => IdxFile.ReadImages(null!));
        Named("path", () => IdxFile.ReadLabels(null!));
        Named("stream", () => IdxFile.ReadImages(null!, "test"));
        Named("stream", () => IdxFile.ReadLabels(null!, "test"));
        Named("images", () => IdxFile.WriteImages("file", null!));
        Named("labels", () => IdxFile.WriteLabels("file", null!));
        Named("path", () => IdxFolder.Open(null!));
        Named("path", () => IdxFolder.TryOpen(null!, out _));
        Named("parameters", () => new ReferenceNetwork([], null!));
        Named("gradients", () => new ReferenceNetwork([], store).AdamStep(null!, null!, 1));

        static void Named(string parameter, Action call) => Assert.Equal(parameter, Assert.Throws<ArgumentNullException>(call).ParamName);
    }

    [Fact]
    public void What_is_out_of_range_is_named_with_the_range()
    {
        var store = SampleParameters.Store();
        float[] floats = new float[store.Length];
        foreach (int index in new[] { -1, 4 })
        {
            Outside("index", "parameters 0 to 3", () => store.View(index));
            Outside("index", "parameters 0 to 3", () => store.Get(index, floats));
            Outside("index", "parameters 0 to 3", () => store.Set(index, floats));
        }

        Outside("image", "2 images", () => Data.Pixels(2));
        Outside("image", "2 images", () => Data.Pixels(-1));
        Outside("epoch", "non-negative", () => Shuffle.Fill(new int[3], seed: 0, epoch: -1));
        Outside("runs", "1", () => FmaPeak.Measure(0));
        // Moments of another network would be kept, or taken, in part.
        Named("first", $"Expected {store.Length} values, found 3", () => TrainerState.Save("file", store, floats.AsSpan(0, 3), floats, 0));
        Named("second", $"Expected {store.Length} values, found 3", () => TrainerState.Save("file", store, floats, floats.AsSpan(0, 3), 0));
        Named("first", $"Expected {store.Length} values, found 3", () => TrainerState.Load("file", store, floats.AsSpan(0, 3), floats, out _));
        Named("second", $"Expected {store.Length} values, found 3", () => TrainerState.Load("file", store, floats, floats.AsSpan(0, 3), out _));

        static void Outside(string parameter, string range, Action call) => Check(Assert.Throws<ArgumentOutOfRangeException>(call), parameter, range);

        static void Named(string parameter, string range, Action call) => Check(Assert.Throws<ArgumentException>(call), parameter, range);

        static void Check(ArgumentException error, string parameter, string range)
        {
            Assert.Equal(parameter, error.ParamName);
            Assert.Contains(range, error.Message, StringComparison.Ordinal);
        }
    }
}
