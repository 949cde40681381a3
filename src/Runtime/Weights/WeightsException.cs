namespace StaticCnn;

/// <summary>A weights file is damaged, or belongs to another network. The message names the key and both shapes.</summary>
public sealed class WeightsException : Exception
{
    /// <summary>Creates the error.</summary>
    public WeightsException(string message) : base(message)
    {
    }

    /// <summary>Creates the error with its cause.</summary>
    public WeightsException(string message, Exception inner) : base(message, inner)
    {
    }
}
