using System.Globalization;
using System.Text.RegularExpressions;
using StaticCnn.Generated;

namespace StaticCnn.Verification;

/// <summary>One memory of a plan, read back from the text that a generated class carries.</summary>
/// <param name="Name">Such as <c>training memory of a thread</c>.</param>
/// <param name="Length">Floats.</param>
/// <param name="Buffers">What lives in it.</param>
internal sealed partial record PlannedMemory(string Name, int Length, List<PlannedBuffer> Buffers)
{
    /// <summary>The memories of some kernels, with the floats that the kernels say they need.</summary>
    public static IEnumerable<(PlannedMemory Memory, int Required)> Of(ModelKernels kernels)
    {
        var memories = Parse(kernels.Plan).ToDictionary(memory => memory.Name);
        yield return (memories["inference memory of a thread"], kernels.InferenceLength);
        yield return (memories["training memory of a thread"], kernels.WorkerLength);
        yield return (memories["training memory of a batch"], kernels.BatchLength);
        yield return (memories["activations of one image"], kernels.ImageLength);
        yield return (memories["repacked parameters"], kernels.PreparedLength);
    }

    /// <summary>What a shard keeps between phases; null where it keeps nothing.</summary>
    public static PlannedMemory? Shard(ModelKernels kernels) => Parse(kernels.Plan).FirstOrDefault(memory => memory.Name == "training memory of a shard");

    /// <summary>
    /// How often the memory breaks its rules: another length than required, a buffer that leaves it or does not start on a
    /// cache line, two buffers that live at once and share a float.
    /// </summary>
    public int Violations(int required)
    {
        int count = Length == required ? 0 : 1;
        for (int i = 0; i < Buffers.Count; i++)
        {
            if (Buffers[i].Offset < 0 || Buffers[i].Offset % 16 != 0 || Buffers[i].End > Length) count++;
            for (int j = 0; j < i; j++)
            {
                if (Buffers[i].LivesWith(Buffers[j]) && Buffers[i].Offset < Buffers[j].End && Buffers[j].Offset < Buffers[i].End) count++;
            }
        }

        return count;
    }

    /// <summary>An arena of this memory in which all that some step has to write first is no number, followed by a guard.</summary>
    public Arena Poisoned(int guard)
    {
        var arena = new Arena(Length + guard);
        arena.Span.Fill(float.NaN);
        foreach (var buffer in Buffers.Where(buffer => buffer.Kept)) arena.Span[buffer.Offset..(int)buffer.End].Clear();
        return arena;
    }

    private static IEnumerable<PlannedMemory> Parse(string plan)
    {
        PlannedMemory? memory = null;
        foreach (string line in plan.Split('\n'))
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                memory = new PlannedMemory(heading.Groups[1].Value, Number(heading.Groups[2]), []);
                yield return memory;
            }
            else if (memory is not null && Line().Match(line) is { Success: true } found)
            {
                var groups = found.Groups;
                memory.Buffers.Add(new PlannedBuffer(
                    groups["name"].Value, Number(groups["offset"]), Number(groups["length"]), groups["copies"].Success ? Number(groups["copies"]) : 1,
                    !groups["first"].Success, groups["first"].Success ? Number(groups["first"]) : 0, groups["last"].Success ? Number(groups["last"]) : 0));
            }
            else if (line.Length > 0 && memory is not null)
            {
                throw new FormatException($"The plan's text has a line that describes no buffer: '{line}'.");
            }
        }
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^((?:inference|training) memory of a (?:thread|batch|shard)|activations of one image|repacked parameters), (\d+) floats$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^ +(?<offset>\d+)  (?<name>\S+) +(?<length>\d+) floats(?: x (?<copies>\d+) shards)?, (?:kept|steps (?<first>\d+) to (?<last>\d+))$")]
    private static partial Regex Line();
}

/// <summary>A buffer of a plan: its floats, and the steps from whose first to whose last it is needed.</summary>
internal sealed record PlannedBuffer(string Name, int Offset, int Length, int Copies, bool Kept, int First, int Last)
{
    public long End => Offset + (long)Length * Copies;

    public bool LivesWith(PlannedBuffer other) => Kept || other.Kept || (First <= other.Last && other.First <= Last);
}
