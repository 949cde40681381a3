using Spectre.Console;
using StaticCnn.Mnist.Output;
using StaticCnn.Mnist.Tests.Support;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Tests.Output;

public class ProgressTests
{
    private const string Expected =
        "Epoch 1, Batch 200, Loss: 0.2500\n" +
        "Epoch 1, Batch 400, Loss: 1.5000\n" +
        "Epoch 1/2: loss 0.8750, accuracy 94.57 %, 3.1 s\n" +
        "Epoch 2, Batch 200, Loss: 0.1250\n";

    [Fact]
    public void Every_200_batches_a_line_tells_their_mean_loss_in_any_culture()
    {
        using var hostile = new HostileCulture();
        using var output = new StringWriter { NewLine = "\n" };
        Follow(new ProgressLines(output));
        Assert.Equal(Expected, output.ToString());
    }

    [Fact]
    public void The_bar_stands_below_the_same_lines_and_declares_what_it_allocates()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(output),
        });
        ProgressBar.Show(console, bar =>
        {
            Follow(bar);
            Assert.True(bar.AllocatedBytes > 0);
        });
        string text = output.ToString().ReplaceLineEndings("\n");
        Assert.All(Expected.Split('\n'), line => Assert.Contains(line, text));
        Assert.Contains("Epoch 2/2", text);
    }

    private static void Follow(ITrainingObserver observer)
    {
        for (int batch = 1; batch <= 450; batch++)
            observer.BatchDone(new BatchProgress(Epoch: 1, Epochs: 2, batch, Batches: 450, batch <= 200 ? 0.25f : 1.5f, Correct: 1, Images: 1));
        observer.EpochDone(new EpochResult(1, 2, Loss: 0.875, Accuracy: 0.94567, Seconds: 3.1, Images: 450, AllocatedBytes: 0, MeasuredBatches: 449));
        for (int batch = 1; batch <= 200; batch++)
            observer.BatchDone(new BatchProgress(Epoch: 2, Epochs: 2, batch, Batches: 450, 0.125f, Correct: 1, Images: 1));
    }
}
