using StaticCnn.Mnist.Commands;
using StaticCnn.Mnist.Data;

namespace StaticCnn.Mnist.Measuring;

/// <summary>The images that a benchmark computes on.</summary>
internal static class BenchmarkImages
{
    /// <summary>The source that random images name.</summary>
    public const string Random = "random pixels";

    /// <summary>
    /// The training images that the user names or of the cache, if there are enough and of the network's shape; else
    /// random pixels, which cost the same time. Nothing is downloaded.
    /// </summary>
    public static LabeledImages Load<TModel>(CommandContext context, int count) where TModel : class, ICnnModel<TModel>
    {
        var images = context.FindNamedData()?.LoadTraining(context.Threads) ?? ReadCache(context);
        return images is not null && images.Shape == TModel.InputShape && images.Count >= count
            ? new LabeledImages(
                new IdxImages(images.Images.Pixels[..(count * images.Shape.Length)], count, images.Shape), images.Labels[..count], images.Source)
            : Make(TModel.InputShape, TModel.ClassCount, count);
    }

    private static LabeledImages? ReadCache(CommandContext context)
    {
        try
        {
            return IdxFolder.TryOpen(DataCache.Locate(context.Host.Variable).Folder, out var folder) ? folder.ReadTraining() : null;
        }
        catch (DataException)
        {
            return null;
        }
    }

    private static LabeledImages Make(TensorShape shape, int classes, int count)
    {
        var random = new Random(1);
        var pixels = new byte[checked(count * shape.Length)];
        random.NextBytes(pixels);
        var labels = new byte[count];
        foreach (ref byte label in labels.AsSpan()) label = (byte)random.Next(classes);
        return new LabeledImages(new IdxImages(pixels, count, shape), labels, Random);
    }
}
