using StaticCnn;
using StaticCnn.Digit;
using StaticCnn.Images;
using StaticCnn.Images.Answers;
using StaticCnn.Mnist;

const int Done = 0, WorkFailed = 1, WrongUsage = 2;
const int UsageError = 100, WeightsError = 104, FileError = 106;

using var stream = StandardStreams.OpenOutput();
using var output = new StreamWriter(stream) { NewLine = "\n" };
using var errors = new StreamWriter(StandardStreams.OpenError()) { NewLine = "\n", AutoFlush = true };
try
{
    var arguments = Arguments.Parse(args, isInputTyped: !Console.IsInputRedirected);
    if (arguments.Error is { } problem)
    {
        Fail(UsageError, $"{problem} Run 'digit --help' for the usage.");
        return WrongUsage;
    }
    if (arguments.Text is { } text)
    {
        output.WriteLine(text);
        output.Flush();
        return Done;
    }
    bool done = AnswerRun.Run(SimpleCnn.LoadEmbedded(), arguments.Options!, output, Fail);
    output.Flush();
    if (stream.Failure is null) return done ? Done : WorkFailed;
    Fail(FileError, $"the answers cannot be written ({stream.Failure.Message}).");
}
catch (WeightsException e)
{
    Fail(WeightsError, e.Message);
}
return WorkFailed;

void Fail(int code, string message)
{
    // Answers that come before an error in the files' order come before it in the terminal.
    output.Flush();
    errors.WriteLine($"digit: error SCNN{code}: {OneLine.Of(message)}");
}
