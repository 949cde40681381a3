namespace StaticCnn.Mnist;

/// <summary>Why a command fails. The value is the number of the error's SCNN code, which has a page under docs/diagnostics.</summary>
internal enum Failure
{
    /// <summary>An option, or a variable that stands for one, has no valid value.</summary>
    Usage = 100,

    /// <summary>The data cannot be had, is damaged or does not fit the network.</summary>
    Data = 101,

    /// <summary>The loss is no longer a number.</summary>
    Diverged = 102,

    /// <summary>The network is less accurate than required.</summary>
    Accuracy = 103,

    /// <summary>The weights file is missing, damaged, another network's, or cannot be written.</summary>
    Weights = 104,

    /// <summary>The user or the build ended the program.</summary>
    Interrupted = 105,

    /// <summary>The system refused to read or write a file.</summary>
    File = 106,

    /// <summary>The weights that a training would replace were not trained by it.</summary>
    OtherWeights = 108,

    /// <summary>An assembly declares no network of the name, or several to choose from.</summary>
    Model = 110,

    /// <summary>A user's assembly cannot be loaded.</summary>
    Assembly = 111,

    /// <summary>There is no figure of that name.</summary>
    Figure = 130,

    /// <summary>The network has no layer of that name, or the layer has nothing to draw.</summary>
    Layer = 131,

    /// <summary>The layer has no such channel.</summary>
    Channel = 132,

    /// <summary>No image shows that digit.</summary>
    Digit = 133,

    /// <summary>There is no history of the training, or it is that of other weights.</summary>
    History = 134,

    /// <summary>The checkpoint is damaged, or another training's.</summary>
    Checkpoint = 140,

    /// <summary>The generated code is not what it should be on this machine.</summary>
    Verification = 142,
}
