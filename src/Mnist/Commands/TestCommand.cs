using System.CommandLine;
using StaticCnn.Mnist.Data;
using StaticCnn.Mnist.Output;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Commands;

/// <summary><c>mnist test</c>: tests trained weights, overall and digit by digit.</summary>
internal static class TestCommand<TModel> where TModel : class, ICnnModel<TModel>
{
    public static Command Create(SharedOptions shared, Host host)
    {
        var command = new Command("test", "Test trained weights, overall and digit by digit.");
        shared.AddTo(command, SharedOption.Trained);
        command.SetAction((parsed, cancellation) => RunAsync(shared.Read(parsed, host), cancellation));
        return command;
    }

    private static async Task RunAsync(CommandContext context, CancellationToken cancellation)
    {
        string weights = context.WeightsOf(TModel.ModelName);
        var model = WeightsFile<TModel>.Load(weights);
        var source = await context.FindOrDrawDataAsync(cancellation);
        var data = DataSet<TModel>.Load(source, context.Threads);
        context.Text.WriteLine($"Testing {weights} on {source.Label}");
        using var tester = new Tester<TModel>(data.Test, context.Threads);
        var test = tester.Run(model, cancellation);
        TestTable.Write(context.Text, test);
        if (context.Json) JsonOutput.Write(context.Host.Out, json => JsonOutput.WriteTest(json, test));
    }
}
