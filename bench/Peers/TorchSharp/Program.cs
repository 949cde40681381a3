// Trains and times a network in TorchSharp, which calls libtorch.
// Usage: TorchSharpPeer bench NETWORK THREADS [DATA]    one image, a batch of 64, one epoch; prints one JSON object
//        TorchSharpPeer train NETWORK THREADS EPOCHS [DATA]    epochs and the test, as 'mnist train' does
using System.Diagnostics;
using System.Globalization;
using StaticCnn.Peers;
using TorchSharp;
using static TorchSharp.torch;

const int BatchSize = 64;
bool bench = args[0] == "bench";
var network = Network.Find(args[1]);
int threads = Number(args[2]);
int epochs = bench ? 1 : Number(args[3]);
string folder = args.ElementAtOrDefault(bench ? 3 : 4) ?? "";

set_num_threads(threads);
var images = Images.Load(folder, "train", network, 60_000);
var model = nn.Sequential(network.Layers.Select((layer, i) => ($"layer{i}", Module(layer))));
var optimizer = optim.Adam(model.parameters(), lr: 0.001);
var criterion = nn.CrossEntropyLoss();

if (!bench)
{
    for (int epoch = 1; epoch <= epochs; epoch++)
    {
        var (loss, correct) = Epoch(images.Count);
        Console.WriteLine(FormattableString.Invariant($"Epoch {epoch}/{epochs}: loss {loss:F4}, accuracy {100 * correct:F2} %"));
    }

    Console.WriteLine(FormattableString.Invariant($"Test: accuracy {100 * Test():F2} %"));
    return;
}

double[] one = Forward(1, 1, 2000), batch = Forward(BatchSize, threads, 200);
set_num_threads(threads);
Epoch(images.Count / 10);
var clock = Stopwatch.StartNew();
Epoch(images.Count);
double seconds = clock.Elapsed.TotalSeconds;
Console.WriteLine(FormattableString.Invariant(
    $"{{\"peer\":\"TorchSharp {typeof(torch).Assembly.GetName().Version!.ToString(3)}\",\"model\":\"{network.Name}\",\"threads\":{threads},{FormattableString.Invariant(Timing.Forward(one, batch, BatchSize))},\"train\":{{\"secondsPerEpoch\":{seconds:F4}}}}}"));

// Shuffles, trains and counts hits.
(double Loss, double Accuracy) Epoch(int count)
{
    model.train();
    double loss = 0;
    long correct = 0;
    using var order = randperm(count);
    for (int start = 0; start < count; start += network.TrainingBatch)
    {
        using var scope = NewDisposeScope();
        var indices = order.slice(0, start, Math.Min(count, start + network.TrainingBatch), 1);
        var labels = images.Labels.index_select(0, indices);
        optimizer.zero_grad();
        var logits = model.forward(images.Pixels.index_select(0, indices));
        var mean = criterion.forward(logits, labels);
        mean.backward();
        optimizer.step();
        loss += mean.item<float>() * indices.shape[0];
        correct += logits.argmax(1).eq(labels).sum().item<long>();
    }

    return (loss / count, (double)correct / count);
}

double Test()
{
    var test = Images.Load(folder, "t10k", network, 10_000);
    model.eval();
    using var guard = no_grad();
    long correct = 0;
    for (int start = 0; start < test.Count; start += 1000)
    {
        using var scope = NewDisposeScope();
        int end = Math.Min(test.Count, start + 1000);
        correct += model.forward(test.Pixels.slice(0, start, end, 1)).argmax(1).eq(test.Labels.slice(0, start, end, 1)).sum().item<long>();
    }

    return (double)correct / test.Count;
}

double[] Forward(int count, int forwardThreads, int repeats)
{
    set_num_threads(forwardThreads);
    model.eval();
    using var guard = inference_mode();
    using var input = images.Pixels.slice(0, 0, count, 1).clone();
    return Timing.Repeat(repeats, () => model.forward(input).Dispose());
}

static nn.Module<Tensor, Tensor> Module(Layer layer) => layer switch
{
    Convolution c => nn.Conv2d(c.In, c.Out, c.Kernel, padding: c.Padding),
    Relu => nn.ReLU(),
    MaxPool => nn.MaxPool2d(2),
    Flatten => nn.Flatten(),
    Dropout d => nn.Dropout(d.Probability),
    Linear l => nn.Linear(l.In, l.Out),
    _ => throw new ArgumentException($"No module for {layer}."),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
