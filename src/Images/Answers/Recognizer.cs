using StaticCnn.Images.Fitting;
using StaticCnn.Images.Reading;

namespace StaticCnn.Images.Answers;

/// <summary>Answers which digits are in files, with any network that takes MNIST's images.</summary>
/// <param name="model">The network, for images [1,28,28].</param>
/// <param name="fit">Whether to find and fit the digit in a picture, or only to scale it.</param>
/// <param name="range">The images of an IDX file to read, null for all.</param>
internal sealed class Recognizer<TModel>(TModel model, bool fit, IndexRange? range) where TModel : class, ICnnModel<TModel>
{
    /// <summary>The name that means standard input.</summary>
    public const string StandardInput = "-";

    private readonly float[] _logits = new float[TModel.ClassCount];

    /// <summary>The answers for one file, each as soon as it is known.</summary>
    /// <exception cref="ImageException">The file gives no answer.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IEnumerable<Answer> Answer(string file)
    {
        var pictures = PictureFile.Open(ReadAll(file));
        int first = range?.First ?? 0, last = range?.Last ?? pictures.Count - 1;
        if (last >= pictures.Count)
        {
            throw new ImageException(
                ImageFault.Unreadable, FormattableString.Invariant($"--index asks for image {last}; the file has {pictures.Count}, counted from 0."));
        }
        for (int index = first; index <= last; index++)
        {
            float[] image = ToImage(pictures.Read(index));
            model.Forward(image, _logits);
            yield return new Answer(file, pictures.IsIdx ? index : null, image, Softmax(_logits));
        }
    }

    private float[] ToImage(Picture picture)
    {
        if (picture.IsPrepared)
        {
            InkMap.RequireContrast(picture);
            return picture.Pixels;
        }
        return fit ? MnistForm.Fit(picture) : MnistForm.Scale(picture);
    }

    private static byte[] ReadAll(string file)
    {
        if (file == StandardInput) return PictureFile.ReadToEnd(StandardStreams.OpenInput());
        if (Directory.Exists(file)) throw new ImageException(ImageFault.Unreadable, "it is a folder; expected a file.");
        if (!File.Exists(file)) throw new ImageException(ImageFault.Unreadable, "there is no such file.");
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return PictureFile.ReadToEnd(stream);
    }

    private static float[] Softmax(ReadOnlySpan<float> logits)
    {
        float most = float.NegativeInfinity, sum = 0;
        foreach (float logit in logits) most = Math.Max(most, logit);
        float[] probabilities = new float[logits.Length];
        for (int i = 0; i < logits.Length; i++) sum += probabilities[i] = MathF.Exp(logits[i] - most);
        for (int i = 0; i < logits.Length; i++) probabilities[i] /= sum;
        return probabilities;
    }
}
