using System.Globalization;
using System.Text.Json;
using StaticCnn.Figures.Drawing;
using StaticCnn.Figures.Motion;
using StaticCnn.Mnist.Commands;

namespace StaticCnn.Mnist.Output;

/// <summary>An animation as a file.</summary>
internal static class AnimationFile
{
    private const int FramesPerLine = 100;

    /// <summary>Writes it and says how far it is.</summary>
    public static void Write(CommandContext context, Animation animation, string file, Theme theme, float scale, CancellationToken cancellation)
    {
        var progress = new Lines(context.Text, animation.Frames.Length);
        animation.Save(file, theme, scale, progress, cancellation);
        context.Text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Animation: {file}, {animation.Frames.Length} frames, {animation.Duration.TotalSeconds:F1} s, {new FileInfo(file).Length / 1024.0:N0} KiB"));
    }

    /// <summary>Describes the files.</summary>
    public static void WriteJson(Utf8JsonWriter json, Animation animation, string file, string? still)
    {
        json.WriteString("animation", file);
        if (still is not null) json.WriteString("still", still);
        json.WriteNumber("frames", animation.Frames.Length);
        json.WriteNumber("seconds", animation.Duration.TotalSeconds);
        json.WriteNumber("bytes", new FileInfo(file).Length);
        json.WriteString("alternative", animation.Alternative);
    }

    private sealed class Lines(TextWriter text, int frames) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value % FramesPerLine == 0) text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Drawn: {value} of {frames} frames"));
        }
    }
}
