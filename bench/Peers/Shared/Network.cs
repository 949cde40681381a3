namespace StaticCnn.Peers;

/// <summary>One layer of a measured network.</summary>
internal abstract record Layer;

internal sealed record Convolution(int In, int Out, int Kernel, int Padding) : Layer;

internal sealed record Relu : Layer;

/// <summary>2x2 with stride 2.</summary>
internal sealed record MaxPool : Layer;

internal sealed record Flatten : Layer;

internal sealed record Linear(int In, int Out) : Layer;

internal sealed record Dropout(double Probability) : Layer;

/// <summary>The networks of bench/Networks/Networks.cs, from which each peer builds its own.</summary>
internal sealed record Network(string Name, int Channels, int Size, int TrainingBatch, Layer[] Layers)
{
    public const int Classes = 10;

    public static readonly Network[] All =
    [
        new("SimpleCnn", 1, 28, 64,
        [
            new Convolution(1, 16, 5, 2), new Relu(), new MaxPool(), new Convolution(16, 32, 5, 2), new Relu(), new MaxPool(),
            new Flatten(), new Linear(1568, 128), new Relu(), new Dropout(0.2), new Linear(128, Classes),
        ]),
        new("OverfitCnn", 1, 28, 128,
        [
            new Convolution(1, 8, 3, 0), new Relu(), new MaxPool(),
            new Flatten(), new Linear(1352, 64), new Relu(), new Linear(64, Classes),
        ]),
        new("LeNet5", 1, 28, 64,
        [
            new Convolution(1, 6, 5, 2), new Relu(), new MaxPool(), new Convolution(6, 16, 5, 0), new Relu(), new MaxPool(),
            new Flatten(), new Linear(400, 120), new Relu(), new Linear(120, 84), new Relu(), new Linear(84, Classes),
        ]),
        new("ColorCnn", 3, 32, 64,
        [
            new Convolution(3, 16, 3, 1), new Relu(), new MaxPool(), new Convolution(16, 32, 3, 1), new Relu(), new MaxPool(),
            new Convolution(32, 64, 3, 1), new Relu(), new MaxPool(), new Flatten(), new Linear(1024, Classes),
        ]),
    ];

    public int ImageLength => Channels * Size * Size;

    public static Network Find(string name) => All.Single(network => network.Name == name);
}
