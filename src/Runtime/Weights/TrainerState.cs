using System.Collections.Immutable;
using System.Globalization;
using StaticCnn.Generated;

namespace StaticCnn;

/// <summary>
/// A training's state as a safetensors file: each parameter under its name, Adam's moments under the same name with
/// PyTorch's <c>.exp_avg</c> and <c>.exp_avg_sq</c> behind it, and in the metadata the number of steps and a checksum of all of it.
/// </summary>
public static class TrainerState
{
    private const string StepKey = "step", ChecksumKey = "checksum";

    /// <summary>Writes the state to a temporary file that then replaces <paramref name="path"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="first">Adam's first moments in the store's layout, <see cref="ParameterStore.Length"/> floats.</param>
    /// <param name="second">Adam's second moments, likewise.</param>
    /// <param name="step">Steps taken so far.</param>
    /// <param name="metadata">Further entries of the file's metadata.</param>
    /// <exception cref="ArgumentException">The moments are not as many as the store's floats, or the metadata has an entry that is the writer's.</exception>
    /// <exception cref="IOException">The file cannot be written; an old file stays as it was.</exception>
    public static void Save(
        string path, ParameterStore parameters, ReadOnlySpan<float> first, ReadOnlySpan<float> second, long step,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        Require(parameters, first.Length, nameof(first));
        Require(parameters, second.Length, nameof(second));
        var state = StoreFor(parameters);
        parameters.Span.CopyTo(Part(state, parameters, 0));
        first.CopyTo(Part(state, parameters, 1));
        second.CopyTo(Part(state, parameters, 2));
        var all = new Dictionary<string, string>(metadata ?? ImmutableDictionary<string, string>.Empty);
        if (all.Remove(ChecksumKey) | !all.TryAdd(StepKey, step.ToString(CultureInfo.InvariantCulture)))
        {
            throw new ArgumentException($"The metadata keys '{StepKey}' and '{ChecksumKey}' are set by the writer.", nameof(metadata));
        }
        all.Add(ChecksumKey, state.ContentHash(all));
        state.Save(path, all);
    }

    /// <summary>Reads the state; where it fails, nothing has changed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">Receives the parameters.</param>
    /// <param name="first">Receives Adam's first moments, in the store's layout.</param>
    /// <param name="second">Receives Adam's second moments.</param>
    /// <param name="step">Receives the number of steps taken.</param>
    /// <param name="accept">Is given the metadata of a sound file before anything changes; what it throws leaves everything as it is.</param>
    /// <returns>The file's metadata.</returns>
    /// <exception cref="WeightsException">The file is not safetensors, is damaged, or holds another network's state.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Load(
        string path, ParameterStore parameters, Span<float> first, Span<float> second, out long step,
        Action<IReadOnlyDictionary<string, string>>? accept = null)
    {
        Require(parameters, first.Length, nameof(first));
        Require(parameters, second.Length, nameof(second));
        var state = StoreFor(parameters);
        var metadata = state.LoadWithMetadata(path);
        string? text = metadata.GetValueOrDefault(StepKey);
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out step))
        {
            throw new WeightsException($"{path}: expected the number of steps as '{StepKey}' in its metadata, found {(text is null ? "none" : $"'{text}'")}: it is no training's state.");
        }
        CheckSum(path, state, metadata);
        accept?.Invoke(metadata);
        Part(state, parameters, 0).CopyTo(parameters.Span);
        Part(state, parameters, 1).CopyTo(first);
        Part(state, parameters, 2).CopyTo(second);
        parameters.Touch();
        return metadata;
    }

    /// <summary>A header that is well-formed says nothing of the values behind it: a few flipped bits would train on as if they had been computed.</summary>
    private static void CheckSum(string path, ParameterStore state, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(ChecksumKey, out string? expected)) throw new WeightsException($"{path}: expected a '{ChecksumKey}' in its metadata, found none.");
        string[] ofTheWriter = [ChecksumKey, .. SafetensorsWriter.OwnKeys];
        string found = state.ContentHash(metadata.Where(entry => !ofTheWriter.Contains(entry.Key)).ToDictionary());
        if (found != expected) throw new WeightsException($"{path}: it is damaged: its checksum is {expected}, that of its content is {found}.");
    }

    private static void Require(ParameterStore parameters, int length, string parameter)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Lengths.Require(length, parameters.Length, parameter);
    }

    /// <summary>Parameters, first and second moments one after the other, each laid out as the parameters are.</summary>
    private static ParameterStore StoreFor(ParameterStore parameters)
    {
        string[] suffixes = ["", ".exp_avg", ".exp_avg_sq"];
        return new ParameterStore(parameters.Model, [.. suffixes.SelectMany((suffix, part) => parameters.Infos.Where(info => part == 0 || !info.IsState).Select(
            info => info with { Name = info.Name + suffix, Offset = info.Offset + part * parameters.Length }))]);
    }

    private static Span<float> Part(ParameterStore state, ParameterStore parameters, int part) =>
        state.Span.Slice(part * parameters.Length, parameters.Length);

}
