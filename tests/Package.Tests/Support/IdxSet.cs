namespace StaticCnn.Package.Tests.Support;

/// <summary>
/// Small data in MNIST's form: class c is a bright bar at the height of its number, in noise. A linear network learns it at once,
/// all but the first test image, whose label is wrong.
/// </summary>
internal static class IdxSet
{
    /// <summary>Writes the four files, and returns the folder.</summary>
    public static string Write(string folder, int height = 28, int width = 28, int classes = 10, int seed = 1)
    {
        Directory.CreateDirectory(folder);
        string[] files = [.. IdxFolder.FileNames.Select(name => Path.Combine(folder, name))];
        WriteHalf(files[0], files[1], 640, height, width, classes, seed);
        WriteHalf(files[2], files[3], 100, height, width, classes, seed + 1);
        return folder;
    }

    /// <summary>The picture that <see cref="Write"/> draws for a class, without the noise, as a user's program would have it: from 0 to 1.</summary>
    public static string PictureOf(int label, int height = 28, int width = 28, int classes = 10) =>
        $"new float[{height * width}].Select((_, i) => i / {width} / {height / classes} == {label} ? 0.86f : 0.12f).ToArray()";

    private static void WriteHalf(string imagesFile, string labelsFile, int count, int height, int width, int classes, int seed)
    {
        byte[] pixels = new byte[count * height * width], labels = new byte[count];
        var random = new Random(seed);
        foreach (ref byte pixel in pixels.AsSpan()) pixel = (byte)random.Next(64);
        int bar = height / classes * width;
        for (int n = 0; n < count; n++)
        {
            labels[n] = (byte)(n % classes);
            pixels.AsSpan(n * height * width + labels[n] * bar, bar).Fill(220);
        }
        if (imagesFile.Contains("t10k", StringComparison.Ordinal)) labels[0] = 1;
        IdxFile.WriteImages(imagesFile, new IdxImages(pixels, count, new TensorShape(1, height, width)));
        IdxFile.WriteLabels(labelsFile, labels);
    }
}
