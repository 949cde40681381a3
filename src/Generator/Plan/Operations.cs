using Conv2dLayer = StaticCnn.Generator.Layers.Conv2d;
using LinearLayer = StaticCnn.Generator.Layers.Linear;
using MaxPool2dLayer = StaticCnn.Generator.Layers.MaxPool2d;

namespace StaticCnn.Generator.Plan;

/// <summary>
/// One thing that a program does, with its buffers, layout, algorithm and tile chosen. The kernels' lowerings turn
/// it into loops; nothing is decided after this.
/// </summary>
/// <param name="Name">Unique within its program, such as <c>conv1Forward</c>.</param>
internal abstract record Operation(string Name)
{
    /// <summary>Multiply-adds for one image that it stands for.</summary>
    public virtual long MultiplyAdds => 0;

    /// <summary>Every buffer that it reads or writes.</summary>
    public abstract IEnumerable<Buffer> Buffers { get; }

    /// <summary>What becomes of its result before it is stored; null where it is stored as it is.</summary>
    public Expression? Outlet { get; init; }

    protected static IEnumerable<Buffer> Of(params Buffer?[] buffers) => buffers.OfType<Buffer>();
}

/// <summary>Copies the images of one shard into the lanes of <paramref name="X"/>.</summary>
internal sealed record LoadImages(string Name, View X) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer);
}

/// <summary>
/// Convolution, bias, and where they are fused ReLU and max pooling. With pooling, the rows of one pooling window
/// pass through <paramref name="Rows"/>, a few kilobytes that stay in the first-level cache.
/// </summary>
internal sealed record ConvolutionForward(
    string Name, Conv2dLayer Layer, View X, Buffer Weight, Buffer? Bias, View Y, bool Relu, MaxPool2dLayer? Pool,
    View? Winner, Buffer? Rows, Tile Tile) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Weight, Bias, Y.Buffer, Winner?.Buffer, Rows).Concat(Expression.BuffersOf(Outlet));

    public override long MultiplyAdds => Layer.MultiplyAdds;
}

internal sealed record PoolForward(string Name, MaxPool2dLayer Layer, View X, View Y, View? Winner) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Y.Buffer, Winner?.Buffer);
}

internal sealed record ReluForward(string Name, View X, View Y) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Y.Buffer);
}

/// <summary>Inverted dropout by counter-based random numbers: the mask is a function of key and unit.</summary>
internal sealed record DropoutForward(string Name, View X, View Y, DropoutSource Source) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Y.Buffer, Source.Keys, Source.Scalars);
}

/// <summary>Where a dropout layer finds its keys (one per lane) and its threshold and scale.</summary>
internal sealed record DropoutSource(Buffer Keys, Buffer Scalars, int ScalarOffset);

internal sealed record LinearForward(
    string Name, LinearLayer Layer, View X, Buffer Weight, int WeightPitch, Buffer? Bias, View Y, bool Relu,
    DropoutSource? Dropout, Tile Tile) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Weight, Bias, Y.Buffer, Dropout?.Keys, Dropout?.Scalars).Concat(Expression.BuffersOf(Outlet));

    public override long MultiplyAdds => Layer.MultiplyAdds;
}

/// <summary>Softmax cross-entropy of a shard: reads the logits, writes their gradient.</summary>
internal sealed record Loss(string Name, View Logits, View Gradient) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Logits.Buffer, Gradient.Buffer);
}

/// <summary>Hands a shard's logits to the caller.</summary>
internal sealed record StoreLogits(string Name, View Logits) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Logits.Buffer);
}

/// <summary>[feature][lane] as [image][feature], the order in which the weight gradient reads it.</summary>
internal sealed record TransposeFeatures(string Name, View X, Buffer Transposed, int Pitch) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Transposed);
}

internal sealed record LinearInputGradient(
    string Name, LinearLayer Layer, View Gradient, Buffer Weight, int WeightPitch, View Result, Gate? Gate, Tile Tile)
    : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Gradient.Buffer, Weight, Result.Buffer, Gate?.Output.Buffer, Gate?.Dropout?.Scalars).Concat(Expression.BuffersOf(Outlet));

    public override long MultiplyAdds => Layer.MultiplyAdds;
}

/// <summary>The derivative of a fused ReLU (and of the dropout behind it): the scale where the output is positive, else 0.</summary>
internal sealed record Gate(View Output, DropoutSource? Dropout);

/// <summary>Sends each pooled gradient to the winner of its window; the windows do not overlap.</summary>
internal sealed record Unpool(
    string Name, MaxPool2dLayer Layer, View Gradient, View? Output, View Winner, View Result, Buffer? BiasGradient)
    : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Gradient.Buffer, Output?.Buffer, Winner.Buffer, Result.Buffer, BiasGradient);
}

/// <summary>The same where windows overlap: gradients add up.</summary>
internal sealed record PoolGradient(string Name, MaxPool2dLayer Layer, View Gradient, View Winner, View Result) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Gradient.Buffer, Winner.Buffer, Result.Buffer);
}

internal sealed record ReluGradient(string Name, View Gradient, View Output, View Result) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Gradient.Buffer, Output.Buffer, Result.Buffer);
}

internal sealed record DropoutGradient(string Name, View Gradient, View Result, DropoutSource Source) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Gradient.Buffer, Result.Buffer, Source.Keys, Source.Scalars);
}

internal sealed record CopyView(string Name, View X, View Result) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Result.Buffer);
}

internal sealed record BiasGradient(string Name, View Gradient, Buffer Result) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Gradient.Buffer, Result);
}

internal sealed record ConvolutionWeightGradient(
    string Name, Conv2dLayer Layer, View X, View Gradient, Buffer Result, WeightTile Tile) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Gradient.Buffer, Result);

    public override long MultiplyAdds => Layer.MultiplyAdds;
}

/// <summary>
/// The gradient of the pooling behind a convolution and the weight gradient that alone reads it, a tile's output channels at
/// a time: the unpooled gradient, several times the size of all else, never leaves the second-level cache.
/// </summary>
/// <param name="Name">Unique within its program.</param>
/// <param name="Unpool">The pooling's gradient; its result holds one tile's output channels.</param>
/// <param name="Weight">The weight gradient of all channels.</param>
internal sealed record PooledWeightGradient(string Name, Unpool Unpool, ConvolutionWeightGradient Weight) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Unpool.Buffers.Concat(Weight.Buffers);

    public override long MultiplyAdds => Weight.MultiplyAdds;
}

/// <summary>Accumulators of a weight gradient: output channels x input channels x the columns of the kernel.</summary>
internal sealed record WeightTile(int OutChannels, int InChannels);

internal sealed record ConvolutionInputGradient(
    string Name, Conv2dLayer Layer, View Gradient, Buffer Weight, View Result, Gate? Gate, Tile Tile) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Gradient.Buffer, Weight, Result.Buffer, Gate?.Output.Buffer, Gate?.Dropout?.Scalars).Concat(Expression.BuffersOf(Outlet));

    public override long MultiplyAdds => Layer.MultiplyAdds;
}

/// <summary>
/// Weight gradient of a linear layer over the whole batch, and Adam's step on it while it is in registers. A task is
/// one block of <see cref="Plan.Tile.Rows"/> rows, counted from <paramref name="FirstRow"/>.
/// </summary>
internal sealed record LinearUpdate(
    string Name, LinearLayer Layer, View Gradient, int Shards, Buffer Transposed, Parameter Weight, Buffer Scalars,
    int FirstRow, int Tasks, Tile Tile) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Gradient.Buffer, Transposed, Scalars);

    public override long MultiplyAdds => (long)Tasks * Tile.Rows * Layer.Input.Length;
}

internal sealed record LinearBiasUpdate(
    string Name, LinearLayer Layer, View Gradient, int Shards, Buffer Sums, Parameter Bias, Buffer Scalars) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Gradient.Buffer, Sums, Scalars);
}

/// <summary>
/// Adds the shards' gradients in shard order and takes Adam's step on the convolutions' parameters. A task is one run
/// of <paramref name="Length"/> floats, counted from <paramref name="First"/>.
/// </summary>
internal sealed record ConvolutionUpdate(
    string Name, Buffer Gradients, int Shards, int First, int Length, int Tasks, Buffer Scalars) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Gradients, Scalars);
}

/// <summary>Convolution of one image, channels in lanes, with repacked weights [kh][kw][ic][oc].</summary>
internal sealed record ImageConvolution(
    string Name, Conv2dLayer Layer, View X, Buffer Weight, Buffer Bias, View Y, Tile Tile) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Weight, Bias, Y.Buffer).Concat(Expression.BuffersOf(Outlet));

    public override long MultiplyAdds => Layer.MultiplyAdds;
}

/// <summary>The kernels' spectra as one image reads them: [product][oc*ic] as [product][ic][oc padded].</summary>
internal sealed record ImageSpectra(string Name, Conv2dLayer Layer, Spectrum Source, Spectrum Result, int OutPitch) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Source.Buffer, Result.Buffer);
}

/// <summary>
/// Convolution of one image by Winograd's filtering, channels in lanes. Tiles may stand out at the right and below:
/// <paramref name="X"/> has zeros there, and <paramref name="Y"/> room that nothing reads.
/// </summary>
internal sealed record ImageWinograd(
    string Name, Conv2dLayer Layer, WinogradTiles Tiles, View X, Spectrum Weights, Buffer Bias, View Y,
    Spectrum Input, Spectrum Output, Buffer Scratch, Tile Tile) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Weights.Buffer, Bias, Y.Buffer, Input.Buffer, Output.Buffer, Scratch).Concat(Expression.BuffersOf(Outlet));

    public override long MultiplyAdds => Layer.MultiplyAdds;
}

/// <summary>Pooling of one image, and the ReLU before it: the largest of a window is 0 where all are negative.</summary>
internal sealed record ImagePool(string Name, MaxPool2dLayer Layer, View X, View Y, bool Relu) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Y.Buffer);
}

internal sealed record ImageRelu(string Name, View X, View Y) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Y.Buffer);
}

/// <summary>A linear layer of one image, with repacked weights [input position][output].</summary>
internal sealed record ImageLinear(string Name, LinearLayer Layer, View X, Buffer Weight, Buffer Bias, View Y) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Weight, Bias, Y.Buffer).Concat(Expression.BuffersOf(Outlet));

    public override long MultiplyAdds => Layer.MultiplyAdds;
}

/// <summary>
/// The spectra of a convolution's kernels for Winograd's filtering, [product][oc*ic], made anew whenever the weights
/// change; turned around for the input gradient.
/// </summary>
internal sealed record WinogradWeights(
    string Name, Conv2dLayer Layer, Buffer Weight, WinogradTiles Tiles, bool Reversed, Buffer Taps, Buffer Scratch, Spectrum Result)
    : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Weight, Taps, Scratch, Result.Buffer);
}

/// <summary>Values in the domain in which a convolution is a product: [product][channel][tile], in a padded pitch.</summary>
/// <param name="Buffer">Where it lives.</param>
/// <param name="Pitch">Floats from one product to the next: not a multiple of a page, where the cache would hold few lines.</param>
internal sealed record Spectrum(Buffer Buffer, int Pitch)
{
    public static Spectrum Of(string name, Space space, WinogradTiles tiles, int length)
    {
        int pitch = View.RoundUp(length, 16) + 16;
        return new Spectrum(new Buffer(name, space, tiles.Products * pitch), pitch);
    }
}

/// <summary>
/// A convolution of stride 1, or the input gradient of one, by Winograd's filtering, one row of tiles after another:
/// transform the input, multiply, transform back, and there bias, ReLU and pooling.
/// </summary>
/// <param name="Name">Unique within its program.</param>
/// <param name="Layer">The convolution.</param>
/// <param name="Tiles">The tiles.</param>
/// <param name="X">What is filtered: the input, or the output's gradient.</param>
/// <param name="RowStart">Input row of the first tap of output row 0.</param>
/// <param name="ColumnStart">Input column of the first tap of output column 0.</param>
/// <param name="Weights">The kernels' spectra.</param>
/// <param name="OutStride">Spectra from one output channel to the next.</param>
/// <param name="InStride">Spectra from one input channel to the next.</param>
/// <param name="Input">The transformed input of one row of tiles.</param>
/// <param name="Output">The products of one row of tiles.</param>
/// <param name="Scratch">One tile between its two one-dimensional transforms.</param>
/// <param name="Rows">The output rows of one row of tiles for one channel.</param>
/// <param name="Bias">Added to each channel.</param>
/// <param name="Y">The result.</param>
/// <param name="Relu">Whether negative values become 0.</param>
/// <param name="Pool">A fused pooling.</param>
/// <param name="Winner">Where the pooling's winners go.</param>
/// <param name="Gate">A mask on the result.</param>
/// <param name="Tile">Output channels x tiles of one block of products.</param>
internal sealed record WinogradConvolution(
    string Name, Conv2dLayer Layer, WinogradTiles Tiles, View X, int RowStart, int ColumnStart, Spectrum Weights,
    int OutStride, int InStride, Spectrum Input, Spectrum Output, Buffer Scratch, Buffer Rows, Buffer? Bias, View Y,
    bool Relu, MaxPool2dLayer? Pool, View? Winner, Gate? Gate, Tile Tile) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(
        X.Buffer, Weights.Buffer, Input.Buffer, Output.Buffer, Scratch, Rows, Bias, Y.Buffer, Winner?.Buffer,
        Gate?.Output.Buffer, Gate?.Dropout?.Scalars).Concat(Expression.BuffersOf(Outlet));

    public override long MultiplyAdds => Layer.MultiplyAdds;

    /// <summary>Rows of the convolution to one unit of the kernels' row argument.</summary>
    public int Unit => Pool?.StrideHeight ?? 1;
}

/// <summary>A weight gradient by Winograd's filtering: the products of both spectra, summed over tiles and images.</summary>
internal sealed record WinogradWeightGradient(
    string Name, Conv2dLayer Layer, WinogradTiles Tiles, View X, View Gradient, Spectrum Input, Spectrum Output,
    Spectrum Sums, Buffer Scratch, Buffer Taps, Buffer Result) : Operation(Name)
{
    /// <summary>Output and input channels of one block of sums: sixteen sums make whole vectors at every width.</summary>
    public const int Block = 4;

    public override IEnumerable<Buffer> Buffers => Of(
        X.Buffer, Gradient.Buffer, Input.Buffer, Output.Buffer, Sums.Buffer, Scratch, Taps, Result);

    public override long MultiplyAdds => Layer.MultiplyAdds;
}
