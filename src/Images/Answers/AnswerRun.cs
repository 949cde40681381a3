namespace StaticCnn.Images.Answers;

/// <summary>Answers for several files; a bad one does not keep the others from theirs.</summary>
internal static class AnswerRun
{
    private const int FileError = 106;

    /// <summary>Reads the files and writes the answers.</summary>
    /// <param name="model">The network, for images [1,28,28].</param>
    /// <param name="options">What the user asks for.</param>
    /// <param name="output">Receives the answers, and nothing else.</param>
    /// <param name="error">Receives an SCNN code's number and a line for each file that gave no answer.</param>
    /// <returns>Whether all files gave answers.</returns>
    public static bool Run<TModel>(TModel model, AnswerOptions options, TextWriter output, Action<int, string> error)
        where TModel : class, ICnnModel<TModel>
    {
        var recognizer = new Recognizer<TModel>(model, options.Fit, options.Index);
        var collected = new List<Answer>();
        bool done = true;
        foreach (string file in options.Files)
        {
            try
            {
                foreach (var answer in recognizer.Answer(file))
                {
                    if (options.Json) collected.Add(answer);
                    else AnswerText.Write(output, answer, options.Top, options.Show);
                }
            }
            catch (Exception e) when (CodeOf(e) is not null)
            {
                error(CodeOf(e)!.Value, $"{file}: {e.Message}");
                done = false;
            }
        }
        if (options.Json) AnswerJson.Write(output, collected);
        return done;
    }

    private static int? CodeOf(Exception exception) => exception switch
    {
        ImageException e => (int)e.Fault,
        OutOfMemoryException => (int)ImageFault.Unreadable,
        IOException or UnauthorizedAccessException => FileError,
        _ => null,
    };
}
