using System.ComponentModel;

namespace StaticCnn.Generated;

/// <summary>What a network's C functions return; the generated header has the same numbers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum NativeStatus
{
    /// <summary>The work is done.</summary>
    Done = 0,

    /// <summary>An address is missing, or a count is negative.</summary>
    WrongArgument = 1,

    /// <summary>There are no weights where they were looked for, or they are damaged or another network's.</summary>
    NoWeights = 2,

    /// <summary>There is not enough memory.</summary>
    OutOfMemory = 3,

    /// <summary>Another thread is using the model.</summary>
    Busy = 4,

    /// <summary>Something else went wrong.</summary>
    Failed = 5,
}
