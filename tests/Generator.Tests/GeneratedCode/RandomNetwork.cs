using CsCheck;

namespace Generator.Tests.GeneratedCode;

/// <summary>A random declaration: the attributes' text, and how many images it is tried on.</summary>
/// <param name="Attributes">The attributes of the class, one layer a line.</param>
/// <param name="BatchSize">Images of a full training batch.</param>
/// <param name="ShortBatch">Images of a short last batch.</param>
/// <param name="Images">Images of an inference batch.</param>
/// <param name="Seed">Of the parameters, the images and the dropout masks.</param>
internal sealed record RandomNetwork(string Attributes, int BatchSize, int ShortBatch, int Images, uint Seed)
{
    private const int MostMultiplyAdds = 30_000;

    /// <summary>A layer that may come next; <see cref="Builder"/> cuts its sizes down to what fits.</summary>
    private sealed record Wish(
        int Kind, (int Height, int Width) Kernel, (int Height, int Width) Stride, (int Height, int Width) Padding,
        int Outputs, bool Bias, float Probability);

    private static readonly Gen<(int, int)> Sizes = Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5]);

    private static readonly Gen<Wish> Wishes = Gen.Select(
        Gen.Int[0, 9],
        Gen.Frequency((9, Sizes), (1, Gen.Select(Gen.Int[1, 11], Gen.Int[1, 11]))),
        Gen.Frequency((3, Gen.Const((1, 1))), (2, Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3]))),
        Gen.Frequency((1, Gen.Const((0, 0))), (2, Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4]))),
        Gen.Frequency((4, Gen.Int[1, 6]), (1, Gen.Int[7, 35])),
        Gen.Bool,
        Gen.Int[0, 3].Select(i => new[] { 0f, 0.1f, 0.5f, 0.9f }[i]),
        (kind, kernel, stride, padding, outputs, bias, probability) => new Wish(kind, kernel, stride, padding, outputs, bias, probability));

    public static Gen<RandomNetwork> Any { get; } = Gen.Select(
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 14], Gen.Int[1, 14]),
        Wishes.Array[0, 4], Wishes.Array[0, 2], Wishes.Array[0, 1],
        Gen.Int[2, 12], Gen.Int[1, 70], Gen.Int[1, 70], Gen.UInt,
        (input, imageWishes, vectorWishes, lastWishes, classes, batch, images, seed) =>
        {
            var builder = new Builder(input.Item1, input.Item2, input.Item3);
            foreach (var wish in imageWishes) builder.Image(wish);
            builder.Flatten();
            foreach (var wish in vectorWishes) builder.Vector(wish);
            builder.Head(classes, wanted: seed % 4 != 0);
            foreach (var wish in lastWishes) builder.Pointwise(wish);
            return new RandomNetwork(
                builder.Text + $"[Training(BatchSize = {batch}, LearningRate = 0.01f)]\n",
                batch, 1 + (int)(seed % (uint)batch), images, seed);
        });

    /// <summary>The class's declaration in a source file.</summary>
    public string Declare(string name) => $"{Attributes}public sealed partial class {name};\n";

    public override string ToString() => $"{Attributes}// batches of {BatchSize} and {ShortBatch}, {Images} images, seed {Seed}";

    private sealed class Builder(int channels, int height, int width)
    {
        private int _channels = channels, _height = height, _width = width;
        private bool _learns;

        public string Text { get; private set; } = FormattableString.Invariant($"[CnnModel({channels}, {height}, {width})]\n");

        private int Length => _channels * _height * _width;

        public void Image(Wish wish)
        {
            if (wish.Kind < 4) Conv2d(wish);
            else if (wish.Kind < 7) MaxPool2d(wish);
            else Pointwise(wish);
        }

        public void Flatten() => Add("Flatten", Length, 1, 1);

        public void Vector(Wish wish)
        {
            if (wish.Kind < 5) Linear(wish.Outputs, wish.Bias);
            else Pointwise(wish);
        }

        /// <summary>The layer that gives the classes; a network may do without where a convolution gives as many.</summary>
        public void Head(int classes, bool wanted)
        {
            if (wanted || !_learns || Length is < 2 or > 100) Linear(classes, classes % 3 > 0);
        }

        public void Pointwise(Wish wish) => Add(
            wish.Kind % 2 == 0 ? "ReLU" : FormattableString.Invariant($"Dropout({wish.Probability}f)"), _channels, _height, _width);

        private void Linear(int outputs, bool bias)
        {
            _learns = true;
            Add(FormattableString.Invariant($"Linear({outputs}{Bias(bias)})"), outputs, 1, 1);
        }

        private void Conv2d(Wish wish)
        {
            int kernelHeight = wish.Kernel.Height, kernelWidth = wish.Kernel.Width;
            int paddingHeight = Math.Min(wish.Padding.Height, kernelHeight - 1), paddingWidth = Math.Min(wish.Padding.Width, kernelWidth - 1);
            kernelHeight = Math.Min(kernelHeight, _height + 2 * paddingHeight);
            kernelWidth = Math.Min(kernelWidth, _width + 2 * paddingWidth);
            paddingHeight = Math.Min(paddingHeight, kernelHeight - 1);
            paddingWidth = Math.Min(paddingWidth, kernelWidth - 1);
            if (kernelHeight > _height + 2 * paddingHeight || kernelWidth > _width + 2 * paddingWidth) return;
            int rows = (_height + 2 * paddingHeight - kernelHeight) / wish.Stride.Height + 1;
            int columns = (_width + 2 * paddingWidth - kernelWidth) / wish.Stride.Width + 1;
            int work = rows * columns * _channels * kernelHeight * kernelWidth;
            if (work > MostMultiplyAdds) return;
            _learns = true;
            int outputs = Math.Min(wish.Outputs, MostMultiplyAdds / work);
            // Filtering wherever the shape allows it, far beyond where the cost model would choose it, for every other shape.
            string algorithm = (rows + columns + outputs) % 2 == 0 ? "Winograd" : "Direct";
            Add(
                FormattableString.Invariant($"Conv2d({outputs}, {kernelHeight}, {kernelWidth}, StrideHeight = {wish.Stride.Height}, StrideWidth = {wish.Stride.Width}, PaddingHeight = {paddingHeight}, PaddingWidth = {paddingWidth}{Bias(wish.Bias)}, Algorithm = ConvolutionAlgorithm.{algorithm})"),
                outputs, rows, columns);
        }

        /// <summary>Sometimes the stride is the window's own, so that windows do not overlap.</summary>
        private void MaxPool2d(Wish wish)
        {
            int windowHeight = Math.Min(wish.Kernel.Height, _height), windowWidth = Math.Min(wish.Kernel.Width, _width);
            var (strideHeight, strideWidth) = wish.Bias ? (windowHeight, windowWidth) : wish.Stride;
            Add(
                FormattableString.Invariant($"MaxPool2d({windowHeight}, {windowWidth}, StrideHeight = {strideHeight}, StrideWidth = {strideWidth})"),
                _channels, (_height - windowHeight) / strideHeight + 1, (_width - windowWidth) / strideWidth + 1);
        }

        private void Add(string layer, int channels, int height, int width)
        {
            Text += $"[{layer}]\n";
            (_channels, _height, _width) = (channels, height, width);
        }

        private static string Bias(bool bias) => bias ? "" : ", Bias = false";
    }
}
