using System.Text.Json;
using StaticCnn.Golden;
using StaticCnn.Mnist.Tests.Support;
using Xunit.Abstractions;

namespace StaticCnn.Mnist.Tests;

/// <summary>
/// SimpleCnn as shipped against PyTorch on the real MNIST: the same weights, batches and Adam, dropout off. The
/// reference holds PyTorch's losses in float64 and in float32; tests/Golden/parity makes it.
/// </summary>
public class ParityTests(ITestOutputHelper output)
{
    [RealDataFact]
    public void LossesStayAsNearToFloat64AsPyTorchsOwnFloat32()
    {
        using var reference = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "parity", "reference.json")));
        var series = reference.RootElement.GetProperty("losses");
        double[] exact = Losses("float64"), single = Losses("float32"), plain = Losses("float32WithoutOneDnn");
        double[] ours = Train(exact.Length);

        double FurthestOf(double[] losses, int steps) => Enumerable.Range(0, steps).Max(i => Math.Abs(losses[i] - exact[i]));
        double torch = Math.Max(FurthestOf(single, exact.Length), FurthestOf(plain, exact.Length));
        output.WriteLine($"20 steps: {FurthestOf(ours, 20):E2}, PyTorch's float32 {FurthestOf(single, 20):E2}");
        output.WriteLine($"100 steps: {FurthestOf(ours, 100):E2}, PyTorch's float32 {torch:E2}");
        Assert.InRange(FurthestOf(ours, 20), 0, 1e-5);
        Assert.InRange(FurthestOf(ours, exact.Length), 0, 2 * torch);

        double[] Losses(string name) => [.. series.GetProperty(name).EnumerateArray().Select(loss => loss.GetDouble())];
    }

    private static double[] Train(int steps)
    {
        var golden = GoldenFile.Read("SimpleCnn");
        var model = SimpleCnn.Create();
        foreach (string name in golden.ParameterNames) model.Parameters.Set(model.Parameters.IndexOf(name), golden[name]);
        using var trainer = new SimpleCnn.Trainer(model, threads: 2) { DropoutEnabled = false };
        var data = IdxFolder.Open(Environment.GetEnvironmentVariable("STATICCNN_DATA")!).ReadTraining();
        var images = new float[64 * SimpleCnn.ImageLength];
        var labels = new int[64];
        return [.. Enumerable.Range(0, steps).Select(step =>
        {
            int[] indices = [.. Enumerable.Range(64 * step, 64)];
            BatchReader.Read(data, indices, images, labels);
            return (double)trainer.Step(images, labels);
        })];
    }
}
