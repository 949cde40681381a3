namespace StaticCnn.Mnist;

/// <summary>The network that src/Mnist declares, callable from C.</summary>
[NativeExports("digit")]
public sealed partial class SimpleCnn;
