using StaticCnn.Mnist.Commands;
using StaticCnn.Mnist.Data;

namespace StaticCnn.Mnist.Measuring;

/// <summary>The images that a benchmark computes on.</summary>
internal static class BenchmarkImages
{
    /// <summary>The source that random images name.</summary>
    public const string Random = "random pixels";

    /// <summary>
    /// The training images of the user's folder or of the cache, if they are there and of the network's shape; else
    /// random pixels, which cost the same time. Nothing is downloaded.
    /// </summary>
    public static LabeledImages Load<TModel>(CommandContext context, int count) where TModel : class, ICnnModel<TModel>
    {
        string? given = context.DataFolder ?? context.Host.Variable("STATICCNN_DATA");
        string folder = given ?? DataCache.Locate(context.Host.Variable).Folder;
        if (given is null && !Directory.Exists(folder)) return Make(TModel.InputShape, TModel.ClassCount, count);
        LabeledImages images;
        try
        {
            images = IdxFolder.Open(folder).ReadTraining();
        }
        catch (DataException) when (given is null)
        {
            return Make(TModel.InputShape, TModel.ClassCount, count);
        }

        return images.Shape == TModel.InputShape && images.Count >= count
            ? new LabeledImages(
                new IdxImages(images.Images.Pixels[..(count * images.Shape.Length)], count, images.Shape), images.Labels[..count], images.Source)
            : Make(TModel.InputShape, TModel.ClassCount, count);
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
