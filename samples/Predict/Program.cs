using System.Globalization;
using Samples;
using StaticCnn;

if (args.Length != 3 || !int.TryParse(args[2], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
{
    Console.Error.WriteLine("usage: Predict <weights file> <file of images in IDX format> <index of an image>");
    return 2;
}

try
{
    var model = DigitCnn.Load(args[0]);
    var images = IdxFile.ReadImages(args[1]);
    if (images.Shape.Length != DigitCnn.ImageLength) throw new DataException($"{args[1]}: expected images of 28x28 pixels, found {images.Shape}.");
    if (index >= images.Count) throw new DataException($"{args[1]}: expected an index below {images.Count}, found {index}.");

    float[] image = new float[DigitCnn.ImageLength];
    BatchReader.ToFloats(images.Pixels.AsSpan(index * image.Length, image.Length), image);
    for (int row = 0; row < 28; row += 2)
    {
        // Two rows of pixels to a line of text, since a character is about twice as high as wide.
        for (int column = 0; column < 28; column++) Console.Write(" .:+#"[(int)(4.99f * Math.Max(image[row * 28 + column], image[(row + 1) * 28 + column]))]);
        Console.WriteLine();
    }

    float[] logits = new float[DigitCnn.ClassCount];
    model.Forward(image, logits);
    Console.WriteLine($"class {model.Predict(image)}");
    Console.WriteLine($"logits {string.Join("  ", logits.Select(logit => logit.ToString("F2", CultureInfo.InvariantCulture)))}");
    return 0;
}
catch (Exception e) when (e is DataException or WeightsException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
