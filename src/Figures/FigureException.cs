namespace StaticCnn.Figures;

/// <summary>What is wrong with what a figure was asked to show.</summary>
public enum FigureProblem
{
    /// <summary>There is no figure of that name.</summary>
    Name,

    /// <summary>The network has no layer of that name, or the layer has nothing to draw.</summary>
    Layer,

    /// <summary>The layer has no such channel.</summary>
    Channel,

    /// <summary>No image shows that digit.</summary>
    Digit,

    /// <summary>There is no history of the training, or it is that of other weights.</summary>
    History,
}

/// <summary>A figure cannot be drawn. The message is one line: what was expected, what was found, what to do.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="message">The line.</param>
public sealed class FigureException(FigureProblem problem, string message) : Exception(message)
{
    /// <summary>What is wrong.</summary>
    public FigureProblem Problem { get; } = problem;
}
