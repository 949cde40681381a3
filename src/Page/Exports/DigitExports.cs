using System.Runtime.InteropServices.JavaScript;
using StaticCnn.Images;
using StaticCnn.Images.Fitting;
using StaticCnn.Mnist.Data;

namespace StaticCnn.Page;

/// <summary>Digits for the network, for the page's scripts: fitted from a picture, or drawn.</summary>
internal static partial class DigitExports
{
    private const string TestImagesResource = "test-images.gz", TestLabelsResource = "test-labels.gz";

    private static readonly Lazy<LabeledImages?> s_tests = new(ReadTests);

    /// <summary>Finds the digit in a picture and fits it, as the program <c>digit</c> does.</summary>
    /// <param name="grey">Row by row, 0 is black and 255 is white.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <returns>784 floats, 1 is ink; none where there is no digit in it.</returns>
    [JSExport]
    internal static byte[] Fit(byte[] grey, int width, int height)
    {
        var pixels = new float[grey.Length];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = grey[i] / 255f;
        try
        {
            return Floats.ToBytes(MnistForm.Fit(new Picture(width, height, pixels)));
        }
        catch (ImageException e) when (e.Fault == ImageFault.NoDigit)
        {
            return [];
        }
    }

    /// <summary>How many test images came with the page.</summary>
    [JSExport]
    internal static int TestImages() => s_tests.Value?.Count ?? 0;

    /// <summary>A test image that came with the page.</summary>
    /// <returns>784 bytes, 255 is ink; the label is in the 785th.</returns>
    [JSExport]
    internal static byte[] TestImage(int index) => [.. s_tests.Value!.Pixels(index), s_tests.Value.Labels[index]];

    /// <summary>Draws a procedural digit.</summary>
    /// <returns>784 bytes, 255 is ink; the label is in the 785th.</returns>
    [JSExport]
    internal static byte[] Draw(int seed, int index)
    {
        var digit = new byte[ProceduralDigits.ImageLength + 1];
        ProceduralDigits.Draw((ulong)seed, index, digit.AsSpan(0, ProceduralDigits.ImageLength), out int label);
        digit[^1] = (byte)label;
        return digit;
    }

    private static LabeledImages? ReadTests()
    {
        using var images = Resource(TestImagesResource);
        using var labels = Resource(TestLabelsResource);
        return images is null || labels is null
            ? null
            : new LabeledImages(IdxFile.ReadImages(images, TestImagesResource), IdxFile.ReadLabels(labels, TestLabelsResource), "the page's test images");

        static Stream? Resource(string name) => typeof(DigitExports).Assembly.GetManifestResourceStream(name);
    }
}
