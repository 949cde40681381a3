namespace StaticCnn;

/// <summary>A fully connected layer: input [n], weight [outFeatures,n], output [outFeatures].</summary>
/// <param name="outFeatures">Length of the output, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LinearAttribute(int outFeatures) : LayerAttribute
{
    /// <summary>Length of the output.</summary>
    public int OutFeatures { get; } = outFeatures;

    /// <summary>Whether a learned bias is added.</summary>
    public bool Bias { get; set; } = true;
}
