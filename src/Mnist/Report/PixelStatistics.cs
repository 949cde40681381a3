namespace StaticCnn.Mnist.Report;

/// <summary>Mean and standard deviation of all pixels of a set of images, each from 0 to 1.</summary>
internal static class PixelStatistics
{
    public static (double Mean, double Deviation) Of(LabeledImages images)
    {
        long sum = 0, squares = 0;
        foreach (byte pixel in images.Images.Pixels)
        {
            sum += pixel;
            squares += pixel * pixel;
        }
        double count = Math.Max(1, images.Images.Pixels.Length), mean = sum / count;
        return (mean / 255, Math.Sqrt(Math.Max(0, squares / count - mean * mean)) / 255);
    }
}
