using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
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
        ArgumentNullException.ThrowIfNull(model);
        if (infos.IsDefault) throw new ArgumentNullException(nameof(infos));
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
    /// <exception cref="ArgumentOutOfRangeException">It is not 0 to <see cref="Length"/>-1.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(int offset) => ref _arena.At(offset);

    /// <summary>All floats, padding included, in place.</summary>
    internal Span<float> Span => _arena.Span;

    /// <summary>The values of one row of a parameter, in place, without padding.</summary>
    internal Span<float> Row(int index, int row)
    {
        var info = Infos[index];
        return _arena.Span.Slice(info.Offset + row * info.RowPitch, info.RowLength);
    }

    /// <summary>The index of the parameter called <paramref name="name"/>, such as <c>conv1.weight</c>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public int IndexOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (int index = 0; index < Infos.Length; index++)
        {
            if (Infos[index].Name == name) return index;
        }
        throw new ArgumentException($"{Model} has no parameter '{name}'; it has {string.Join(", ", Infos.Select(info => info.Name))}.", nameof(name));
    }

    /// <summary>
    /// Sets every value as PyTorch initialises a convolution or linear layer: weights and biases uniform in
    /// +-1/sqrt(fan-in). Each value depends only on seed, parameter and position.
    /// </summary>
    public void Initialize(ulong seed)
    {
        for (int index = 0; index < Infos.Length; index++)
        {
            var random = new CounterRandom(seed, RandomStream.Parameter + (uint)index);
            float bound = 1 / MathF.Sqrt(Infos[index].FanIn);
            ulong counter = 0;
            for (int row = 0; row < Infos[index].Rows; row++)
            {
                foreach (ref float value in Row(index, row)) value = Infos[index].Initial ?? (2 * random.Single(counter++) - 1) * bound;
            }
        }
        Touch();
    }

    /// <summary>One parameter's values in its PyTorch shape, in place.</summary>
    /// <param name="index">Index into <see cref="Infos"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such parameter.</exception>
    public ReadOnlyTensorSpan<float> View(int index)
    {
        CheckIndex(index);
        var info = Infos[index];
        int rank = info.Shape.Length;
        Span<nint> lengths = stackalloc nint[rank];
        Span<nint> strides = stackalloc nint[rank];
        nint stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            lengths[axis] = info.Shape[axis];
            strides[axis] = lengths[axis] == 1 ? 0 : stride; // TensorSpan wants no step along an axis of one.
            stride *= lengths[axis];
        }
        if (info.Rows > 1) strides[0] = info.RowPitch;
        int length = (info.Rows - 1) * info.RowPitch + info.RowLength;
        return new ReadOnlyTensorSpan<float>(_arena.Span.Slice(info.Offset, length), lengths, strides);
    }

    /// <summary>Copies one parameter's values out, contiguous in PyTorch's layout.</summary>
    /// <param name="index">Index into <see cref="Infos"/>.</param>
    /// <param name="destination">Receives <see cref="ParameterInfo.Count"/> floats.</param>
    /// <exception cref="ArgumentException">There is no such parameter, or the span has another length.</exception>
    public void Get(int index, Span<float> destination)
    {
        CheckLength(index, destination.Length, nameof(destination));
        int length = Infos[index].RowLength;
        for (int row = 0; row < Infos[index].Rows; row++) Row(index, row).CopyTo(destination[(row * length)..]);
    }

    /// <summary>Sets one parameter's values.</summary>
    /// <param name="index">Index into <see cref="Infos"/>.</param>
    /// <param name="values"><see cref="ParameterInfo.Count"/> floats, contiguous in PyTorch's layout.</param>
    /// <exception cref="ArgumentException">There is no such parameter, or the span has another length.</exception>
    public void Set(int index, ReadOnlySpan<float> values)
    {
        CheckLength(index, values.Length, nameof(values));
        int length = Infos[index].RowLength;
        for (int row = 0; row < Infos[index].Rows; row++) values.Slice(row * length, length).CopyTo(Row(index, row));
        Touch();
    }

    /// <summary>
    /// Writes the parameters as safetensors, with PyTorch's names and shapes, to a temporary file that then replaces
    /// <paramref name="path"/>. The same values and metadata give the same bytes.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">Entries of the file's <c>__metadata__</c> beside <c>format</c> and <c>model</c>.</param>
    /// <exception cref="IOException">The file cannot be written; an old file stays as it was.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, this, metadata));

    /// <summary>
    /// Reads the parameters from a safetensors file of F32 tensors with exactly these names and shapes. What PyTorch puts before all names of a network
    /// that it has wrapped, <c>module.</c> or <c>_orig_mod.</c> for example, is left out.
    /// </summary>
    /// <exception cref="WeightsException">The file is not safetensors, or does not hold these parameters.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Load(string path) => LoadWithMetadata(path);

    /// <summary>Reads as <see cref="Load(string)"/> does, and returns the file's <c>__metadata__</c>.</summary>
    internal IReadOnlyDictionary<string, string> LoadWithMetadata(string path)
    {
        try
        {
            var metadata = SafetensorsReader.Read(path, this);
            Touch();
            return metadata;
        }
        catch (WeightsException e)
        {
            throw new WeightsException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Reads the parameters from the bytes of a safetensors file, as <see cref="Load(string)"/> does from a file.</summary>
    /// <exception cref="WeightsException">The bytes are not safetensors, or do not hold these parameters.</exception>
    public void Load(ReadOnlySpan<byte> safetensors)
    {
        SafetensorsReader.Read(safetensors, this);
        Touch();
    }

    /// <summary>
    /// Reads the parameters from the weights that a build embedded in an assembly, the resource
    /// <c>StaticCnn/[Model].safetensors</c>. They are read in place: nothing is copied but the values, into the store.
    /// </summary>
    /// <param name="assembly">The assembly that declares the network.</param>
    /// <exception cref="WeightsException">There are none, or they are not these parameters.</exception>
    public void LoadEmbedded(Assembly assembly) => LoadEmbedded(assembly, [Model]);

    /// <summary>The same under the first that is there of several names; the last is the one that a message tells of.</summary>
    /// <param name="assembly">The assembly that declares the network.</param>
    /// <param name="names">Such as <c>Digits</c> and <c>App.Digits</c>, which are the resources <c>StaticCnn/Digits.safetensors</c> and so on.</param>
    /// <exception cref="ArgumentException">There is no name.</exception>
    /// <exception cref="WeightsException">There are none, or they are not these parameters.</exception>
    public void LoadEmbedded(Assembly assembly, ReadOnlySpan<string> names)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        if (names.IsEmpty) throw new ArgumentException("At least one name is needed to look for weights.", nameof(names));
        EmbeddedWeights.Read(assembly, names, this);
        Touch();
    }

    /// <summary>Lower-case hexadecimal SHA-256 of the file that <see cref="Save"/> writes without further metadata.</summary>
    public string ContentHash() => ContentHash(metadata: null);

    /// <summary>The same of the file with further metadata.</summary>
    internal string ContentHash(IReadOnlyDictionary<string, string>? metadata)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            SafetensorsWriter.Write(stream, this, metadata);
        }
        return Convert.ToHexStringLower(hash.Hash!);
    }

    private void CheckIndex(int index)
    {
        if ((uint)index >= (uint)Infos.Length) throw new ArgumentOutOfRangeException(nameof(index), index, $"{Model} has parameters 0 to {Infos.Length - 1}.");
    }

    private void CheckLength(int index, int length, string parameter)
    {
        CheckIndex(index);
        int expected = Infos[index].Count;
        if (length != expected) throw new ArgumentException($"{Infos[index].Name} has {expected} values, but the span has {length}.", parameter);
    }
}
