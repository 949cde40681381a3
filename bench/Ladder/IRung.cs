namespace StaticCnn.Bench.Ladder;

/// <summary>One way to compute <see cref="Conv2"/>. What depends on the weights alone is prepared once, in the constructor.</summary>
internal interface IRung
{
    /// <summary>What this rung adds to the one below it.</summary>
    string Name { get; }

    /// <summary>Computes the stage; allocates nothing.</summary>
    void Run();

    /// <summary>What <see cref="Run"/> computed, as [n,o,7,7].</summary>
    float[] Result();
}
