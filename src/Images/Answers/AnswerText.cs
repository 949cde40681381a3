using System.Globalization;

namespace StaticCnn.Images.Answers;

/// <summary>Answers for people: <c>7  99.8 %  photo.png</c>, a line each.</summary>
internal static class AnswerText
{
    private const string Greys = " .:-=+*#%@";
    private const int BarLength = 40;

    /// <summary>Writes an answer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="answer">What to write.</param>
    /// <param name="top">How many classes to name, the most probable first; one is enough for most.</param>
    /// <param name="show">Whether to draw the image and all probabilities below.</param>
    public static void Write(TextWriter output, Answer answer, int top, bool show)
    {
        int[] ranking = answer.Ranking();
        for (int i = 0; i < Math.Min(top, ranking.Length); i++)
        {
            output.Write(i == 0 ? "" : "   ");
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{ranking[i]}  {100 * answer.Probabilities[ranking[i]],4:F1} %"));
        }
        output.WriteLine($"  {answer.Name}");
        if (show) Show(output, answer);
    }

    private static void Show(TextWriter output, Answer answer)
    {
        Span<char> line = stackalloc char[2 * Picture.Side];
        for (int y = 0; y < Picture.Side; y++)
        {
            for (int x = 0; x < Picture.Side; x++)
            {
                // Two characters a pixel: a terminal's are about twice as high as wide.
                float ink = answer.Image[y * Picture.Side + x];
                line[2 * x] = line[2 * x + 1] = Greys[Math.Clamp((int)MathF.Ceiling(ink * (Greys.Length - 1)), 0, Greys.Length - 1)];
            }
            output.WriteLine(line.TrimEnd());
        }
        for (int label = 0; label < answer.Probabilities.Length; label++)
        {
            string bar = new('#', (int)MathF.Round(BarLength * answer.Probabilities[label]));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{label}  {100 * answer.Probabilities[label],5:F1} %  {bar}").TrimEnd());
        }
    }
}
