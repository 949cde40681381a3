namespace StaticCnn;

/// <summary>A data file is damaged, or not what it should be. The message names the file, and what was expected and found.</summary>
public sealed class DataException : Exception
{
    /// <summary>Creates the error.</summary>
    public DataException(string message) : base(message)
    {
    }

    /// <summary>Creates the error with its cause.</summary>
    public DataException(string message, Exception inner) : base(message, inner)
    {
    }
}
