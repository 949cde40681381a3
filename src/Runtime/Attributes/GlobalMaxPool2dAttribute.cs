namespace StaticCnn;

/// <summary>The largest value of each channel: [C,H,W] to [C,1,1]. The gradient goes to the first largest value in scan order.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GlobalMaxPool2dAttribute : LayerAttribute;
