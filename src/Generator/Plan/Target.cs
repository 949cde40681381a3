namespace StaticCnn.Generator.Plan;

/// <summary>A vector width for which kernels are written.</summary>
/// <param name="Bits">512, 256 or 128.</param>
internal sealed record Target(int Bits)
{
    public static EquatableArray<Target> All { get; } = new[] { new Target(512), new Target(256), new Target(128) }.ToEquatableArray();

    /// <summary>Floats of one vector.</summary>
    public int Lanes => Bits / 32;

    /// <summary>Vector registers: 32 with AVX-512, 16 below it.</summary>
    public int Registers => Bits == 512 ? 32 : 16;

    /// <summary>The non-generic class of <c>System.Runtime.Intrinsics</c> that operates on this width.</summary>
    public string VectorClass => "Vector" + Bits;
}
