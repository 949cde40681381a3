using StaticCnn;

// Reads the images of an IDX file, packed or not, such as MNIST's t10k-images-idx3-ubyte.gz.
if (args.Length is < 1 or > 2 || (args.Length == 2 && !int.TryParse(args[1], out _)))
{
    Console.Error.WriteLine("usage: FILE [INDEX], with an IDX file of 28x28 images and which of them to read, from 0; all unless given");
    return 2;
}
try
{
    var images = IdxFile.ReadImages(args[0]);
    if (images.Shape != new TensorShape(1, 28, 28)) throw new DataException($"{args[0]}: expected images [1,28,28], found {images.Shape}.");
    int first = args.Length == 2 ? int.Parse(args[1]) : 0, end = args.Length == 2 ? first + 1 : images.Count;
    if (first < 0 || end > images.Count) throw new DataException($"{args[0]} has {images.Count} images, counted from 0; there is no {first}.");

    var model = DigitCnn.LoadEmbedded();
    float[] image = new float[DigitCnn.ImageLength];
    for (int i = first; i < end; i++)
    {
        BatchReader.ToFloats(images.Pixels.AsSpan(i * image.Length, image.Length), image);
        Console.WriteLine(model.Predict(image));
    }
    return 0;
}
catch (Exception e) when (e is DataException or WeightsException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
