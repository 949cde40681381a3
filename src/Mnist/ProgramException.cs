namespace StaticCnn.Mnist;

/// <summary>The work cannot be done. The message is one line for the user: what was expected, what was found, what to do.</summary>
internal sealed class ProgramException(string message) : Exception(message);
