// Times a network's forward pass in ONNX Runtime, on values that are allocated once.
// Usage: OnnxRuntimePeer NETWORK THREADS; prints one JSON object.
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using StaticCnn.Peers;

const int BatchSize = 64;
var network = Network.Find(args[0]);
int threads = int.Parse(args[1], CultureInfo.InvariantCulture);
byte[] model = OnnxModel.Write(network);
double[] one = Measure(1, 1, 20_000);
double[] batch = Measure(BatchSize, threads, 500);
string version = typeof(InferenceSession).Assembly.GetName().Version!.ToString(3);
Console.WriteLine(FormattableString.Invariant(
    $"{{\"peer\":\"ONNX Runtime {version}\",\"model\":\"{network.Name}\",\"threads\":{threads},{FormattableString.Invariant(Timing.Forward(one, batch, BatchSize))}}}"));

double[] Measure(int count, int sessionThreads, int repeats)
{
    using var options = new SessionOptions
    {
        IntraOpNumThreads = sessionThreads,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
    };
    using var session = new InferenceSession(model, options);
    var images = new float[count * network.ImageLength];
    var random = new Random(1);
    foreach (ref float pixel in images.AsSpan()) pixel = random.NextSingle();
    var logits = new float[count * Network.Classes];
    using var input = OrtValue.CreateTensorValueFromMemory(images, [count, network.Channels, network.Size, network.Size]);
    using var output = OrtValue.CreateTensorValueFromMemory(logits, [count, Network.Classes]);
    using var run = new RunOptions();
    string[] inputNames = ["x"], outputNames = ["y"];
    OrtValue[] inputs = [input], outputs = [output];
    double[] times = Timing.Repeat(repeats, () => session.Run(run, inputNames, inputs, outputNames, outputs));
    if (!Array.TrueForAll(logits, float.IsFinite) || Array.TrueForAll(logits, logit => logit == 0))
        throw new InvalidOperationException("The model computes no logits.");
    return times;
}
