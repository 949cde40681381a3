namespace StaticCnn.Mnist;

/// <summary>The work cannot be done. The message is one line for the user: what was expected, what was found, what to do.</summary>
internal class ProgramException(Failure failure, string message) : Exception(message)
{
    /// <summary>The kind of failure.</summary>
    public Failure Failure { get; } = failure;
}
