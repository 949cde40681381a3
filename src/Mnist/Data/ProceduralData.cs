using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StaticCnn.Mnist.Data;

/// <summary>Procedural digits in the place of MNIST: <c>procedural</c>, or <c>procedural:count</c> for another number of them.</summary>
/// <param name="Count">Digits to train with; a sixth of it, other ones, to test with, as in MNIST.</param>
/// <param name="Seed">Selects the digits.</param>
internal sealed record ProceduralData(int Count = ProceduralData.DefaultCount, ulong Seed = 0) : IDataSource
{
    /// <summary>As many as in MNIST.</summary>
    public const int DefaultCount = 60_000;

    /// <summary>With fewer there would be none to test with.</summary>
    public const int MinimumCount = 6;

    /// <summary>The pixels of more would not fit one array.</summary>
    public const int MaximumCount = 2_000_000;

    /// <summary>The valid names, for errors.</summary>
    public static readonly string Expected =
        string.Create(CultureInfo.InvariantCulture, $"a folder, {Name}, or {Name}:count with a count from {MinimumCount} to {MaximumCount}");

    private const string Name = "procedural";

    /// <inheritdoc/>
    public string Label => Count == DefaultCount ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}:{Count}");

    /// <inheritdoc/>
    public string Identity => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Name} {ProceduralDigits.Version} {Seed} {Count}"))));

    /// <inheritdoc/>
    public string? Folder => null;

    /// <summary>Whether a name means procedural digits, with a valid count or not; a folder of that name is <c>./procedural</c>.</summary>
    public static bool IsNamedBy(string name) => name == Name || name.StartsWith(Name + ":", StringComparison.Ordinal);

    /// <summary>Reads a name.</summary>
    /// <returns>The data; null where the name is not as <see cref="Expected"/>.</returns>
    public static ProceduralData? Parse(string name)
    {
        if (name == Name) return new ProceduralData();
        return IsNamedBy(name) && TryParseCount(name[(Name.Length + 1)..], out int count) ? new ProceduralData(count) : null;
    }

    /// <inheritdoc/>
    public LabeledImages LoadTraining(int threads) => Draw(2 * Seed + 1, Count, threads);

    /// <inheritdoc/>
    public LabeledImages LoadTest(int threads) => Draw(2 * Seed + 2, Count / 6, threads);

    private static bool TryParseCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= MinimumCount and <= MaximumCount;

    private static LabeledImages Draw(ulong seed, int count, int threads)
    {
        var (pixels, labels) = ProceduralDigits.Generate(seed, count, threads);
        var shape = new TensorShape(1, ProceduralDigits.Side, ProceduralDigits.Side);
        return new LabeledImages(new IdxImages(pixels, count, shape), labels, "procedural digits");
    }
}
