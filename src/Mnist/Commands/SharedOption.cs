namespace StaticCnn.Mnist.Commands;

/// <summary>Which of the <see cref="SharedOptions"/> mean something to a command.</summary>
[Flags]
internal enum SharedOption
{
    /// <summary>Only <c>--json</c>.</summary>
    None = 0,

    /// <summary><c>--data</c>.</summary>
    Data = 1,

    /// <summary><c>--mirrors</c> and <c>--require-download</c>.</summary>
    Download = 2,

    /// <summary><c>--weights</c>.</summary>
    Weights = 4,

    /// <summary><c>--seed</c>.</summary>
    Seed = 8,

    /// <summary><c>--threads</c>.</summary>
    Threads = 16,

    /// <summary>What a command needs that runs a trained network on the data.</summary>
    Trained = Data | Download | Weights | Threads,
}
