using System.Collections.Immutable;

namespace StaticCnn.Images.Answers;

/// <summary>What a user asks for.</summary>
internal sealed record AnswerOptions
{
    /// <summary>The files; - is standard input.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>The images of an IDX file, null for all.</summary>
    public IndexRange? Index { get; init; }

    /// <summary>Whether to find and fit the digit in a picture.</summary>
    public bool Fit { get; init; } = true;

    /// <summary>How many classes to name in a line.</summary>
    public int Top { get; init; } = 1;

    /// <summary>Whether to write JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Whether to draw what the network saw.</summary>
    public bool Show { get; init; }

    /// <summary>Null, or why the options cannot go together.</summary>
    public string? Conflict => Json && (Show || Top > 1) ? "--json writes all probabilities; leave out --show and --top." : null;
}
