using System.CommandLine;
using System.CommandLine.Parsing;
using StaticCnn.Images.Answers;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Commands;

/// <summary><c>mnist predict</c>: says which digits are in files, as the native program <c>digit</c> does.</summary>
internal static class PredictCommand<TModel> where TModel : class, ICnnModel<TModel>
{
    private const int Done = 0, WorkFailed = 1, WrongUsage = 2;

    public static Command Create(SharedOptions shared, Host host)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "PNG, JPEG, WebP, BMP, GIF, PGM, PBM, PPM, an IDX file of images, 784 raw bytes (28x28, 255 is ink), " +
                "any of them packed with gzip, or - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var index = new Option<IndexRange?>("--index")
        {
            Description = "The images of an IDX file to read, counted from 0: N or A-B. Default: all.",
            HelpName = "N",
            CustomParser = ParseIndex,
        };
        var top = new Option<int>("--top")
        {
            Description = "Name the K most probable digits.",
            HelpName = "K",
            CustomParser = argument => SharedOptions.Parse<int>(
                argument, FormattableString.Invariant($"a number from 1 to {TModel.ClassCount}"), k => k >= 1 && k <= TModel.ClassCount),
            DefaultValueFactory = _ => 1,
        };
        var noFit = new Option<bool>("--no-fit") { Description = "Do not look for a digit in a picture; only scale it to 28x28, light on dark." };
        var show = new Option<bool>("--show") { Description = "Draw the pixels that the network saw, and all probabilities." };
        var command = new Command("predict", "Say which digits are in pictures.");
        command.Arguments.Add(files);
        foreach (Option option in (Option[])[index, top, noFit, show]) command.Options.Add(option);
        files.Validators.Add(result =>
        {
            // A parser takes an option that it does not know for a file.
            foreach (string word in result.Tokens.Select(token => token.Value).Where(word => UsageProblem.IsOption(word) && !File.Exists(word)))
                result.AddError(UsageProblem.Describe(command, word));
        });
        shared.AddTo(command, SharedOption.Weights);
        command.SetAction(parsed => Run(shared.Read(parsed, host), new AnswerOptions
        {
            Files = [.. parsed.GetRequiredValue(files)],
            Index = parsed.GetValue(index),
            Fit = !parsed.GetValue(noFit),
            Top = parsed.GetValue(top),
            Json = shared.Read(parsed, host).Json,
            Show = parsed.GetValue(show),
        }));
        return command;
    }

    private static int Run(CommandContext context, AnswerOptions options)
    {
        if (options.Conflict is { } conflict)
        {
            context.Host.WriteError(Failure.Usage, conflict);
            return WrongUsage;
        }
        bool done = AnswerRun.Run(Load(context), options, context.Host.Out, context.Host.WriteError);
        return done ? Done : WorkFailed;
    }

    private static TModel Load(CommandContext context)
    {
        if (TModel.InputShape != new TensorShape(1, Images.Picture.Side, Images.Picture.Side))
        {
            throw new ProgramException(
                Failure.Weights, $"{TModel.ModelName} takes images {TModel.InputShape}; predict makes 28x28 grey ones.");
        }
        string weights = context.WeightsOf(TModel.ModelName);
        if (context.WeightsFile is not null || File.Exists(weights)) return WeightsFile<TModel>.Load(weights);
        try
        {
            return TModel.LoadEmbedded();
        }
        catch (WeightsException)
        {
            throw new ProgramException(
                Failure.Weights, $"There is no weights file {weights}. Write one with 'mnist train', or name another with --weights.");
        }
    }

    private static IndexRange? ParseIndex(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (IndexRange.TryParse(text, out var range)) return range;
        argument.AddError($"--index expects {IndexRange.Expected}, not '{text}'.");
        return null;
    }
}
