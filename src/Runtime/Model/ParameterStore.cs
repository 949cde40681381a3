using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using StaticCnn.Generated;

namespace StaticCnn;

/// <summary>
/// The values of all parameters of one network in one aligned block, in PyTorch's layout but for padding: each
/// parameter starts on a multiple of 16 floats, and so does each row of a linear weight. The padding stays zero.
/// </summary>
public sealed class ParameterStore
{
    private readonly Arena _arena;

    /// <summary>Creates a store with all values zero.</summary>
    /// <param name="model">The network's name, for error messages and file metadata.</param>
    /// <param name="infos">The parameters; their offsets and pitches fix the store's layout.</param>
    public ParameterStore(string model, ImmutableArray<ParameterInfo> infos)
    {
        Model = model;
        Infos = infos;
        int length = 0;
        foreach (var info in infos) length = Math.Max(length, info.Offset + info.Rows * info.RowPitch);
        _arena = new Arena(length);
    }

    /// <summary>The network's name.</summary>
    public string Model { get; }

    /// <summary>The parameters in order.</summary>
    public ImmutableArray<ParameterInfo> Infos { get; }

    /// <summary>Floats in the store, padding included.</summary>
    public int Length => _arena.Length;

    /// <summary>Changes whenever a value may have changed, so that packed copies of the weights know that they are stale.</summary>
    public int Version { get; private set; }

    /// <summary>Marks the values as changed; whoever writes through <see cref="At"/> calls it.</summary>
    public void Touch() => Version++;

    /// <summary>The float at <paramref name="offset"/>, for generated kernels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(int offset) => ref _arena.At(offset);

    /// <summary>One parameter's values in its PyTorch shape, in place.</summary>
    public ReadOnlyTensorSpan<float> View(int index) => throw new NotImplementedException();
}
