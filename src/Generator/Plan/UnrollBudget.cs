namespace StaticCnn.Generator.Plan;

/// <summary>
/// What one generated method may hold. Above 60,000 bytes of IL, 20,000 IL instructions, 2,000 basic blocks or 2,000
/// locals RyuJIT silently stops optimising a method, and it tracks 1,024 locals; a budget well below them keeps
/// straight-line code fast to compile as well.
/// </summary>
internal static class UnrollBudget
{
    /// <summary>Most bytes of IL that one kernel may come to, by the estimate of the kernels' size.</summary>
    public const int IlBytes = 48_000;

    /// <summary>Most vector registers that one kernel may name.</summary>
    public const int Registers = 900;

    /// <summary>Most floats of one arena: 1 GiB.</summary>
    public const long ArenaFloats = 1L << 28;

    /// <summary>Most bytes of IL of all kernels at one vector width; C# compile time grows with it.</summary>
    public const int TotalIlBytes = 2_000_000;
}
