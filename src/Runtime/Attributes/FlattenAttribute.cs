namespace StaticCnn;

/// <summary>[C,H,W] as one vector of C*H*W values, channel by channel, row by row.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class FlattenAttribute : LayerAttribute;
