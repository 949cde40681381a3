using System.CommandLine;
using StaticCnn.Bench;
using StaticCnn.Mnist;
using StaticCnn.Mnist.Commands;

// 'ours NETWORK ARGS...' is the mnist program for another network; Comparison starts it as a process of its own, as it does the peers.
if (args is ["ours", var network, ..])
{
    var host = Host.OfProcess();
    return network switch
    {
        "SimpleCnn" => await CommandLine<StaticCnn.Bench.SimpleCnn>.RunAsync(args[2..], host),
        "OverfitCnn" => await CommandLine<OverfitCnn>.RunAsync(args[2..], host),
        "LeNet5" => await CommandLine<LeNet5>.RunAsync(args[2..], host),
        "ColorCnn" => await CommandLine<ColorCnn>.RunAsync(args[2..], host),
        _ => throw new ArgumentException($"There is no network {network}."),
    };
}

var rounds = new Option<int>("--rounds") { Description = "How often everybody is measured, in turn; medians are reported.", DefaultValueFactory = _ => 3 };
var threads = new Option<int[]>("--threads")
{
    Description = "Numbers of threads to measure.",
    DefaultValueFactory = _ => [1, 2],
    AllowMultipleArgumentsPerToken = true,
};
var networks = new Option<string[]>("--networks")
{
    Description = "Networks to measure.",
    DefaultValueFactory = _ => ["SimpleCnn", "OverfitCnn", "LeNet5", "ColorCnn"],
    AllowMultipleArgumentsPerToken = true,
};
var data = new Option<string?>("--data") { Description = "Folder with MNIST's four files; STATICCNN_DATA unless given. Without either, pixels are random." };
var output = new Option<string>("--out") { Description = "Folder for the raw data.", DefaultValueFactory = _ => Path.Combine("artifacts", "bench") };
var root = new RootCommand("Measures StaticCnn, ONNX Runtime and TorchSharp in turn, each in processes of its own.") { rounds, threads, networks, data, output };
root.SetAction(parsed => new Comparison(
    parsed.GetValue(rounds), parsed.GetValue(threads)!, parsed.GetValue(networks)!,
    parsed.GetValue(data) ?? Environment.GetEnvironmentVariable("STATICCNN_DATA") ?? "", parsed.GetValue(output)!).Run());
return root.Parse(args).Invoke();
