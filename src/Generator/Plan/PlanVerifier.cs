namespace StaticCnn.Generator.Plan;

/// <summary>Proves that a plan's memory is sound: every buffer in its space, and no two that live at once overlapping.</summary>
internal static class PlanVerifier
{
    /// <summary>Throws if the plan is unsound.</summary>
    public static void Verify(NetworkPlan plan)
    {
        Verify(plan.InferenceMemory);
        Verify(plan.WorkerMemory);
        Verify(plan.BatchMemory);
        Verify(plan.ImageMemory);
        Verify(plan.PreparedMemory);
        Verify(plan.ShardMemory);
        foreach (var program in plan.Programs)
        {
            foreach (var buffer in program.Operations.SelectMany(operation => operation.Buffers)) VerifyPart(buffer);
        }
    }

    /// <summary>Throws if two buffers of a memory are alive at once and share a float.</summary>
    public static void Verify(Memory memory)
    {
        for (int i = 0; i < memory.Placements.Count; i++)
        {
            var one = memory.Placements[i];
            if (one.Offset < 0 || one.Offset % 16 != 0)
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"The plan is wrong: '{one.Lifetime.Buffer.Name}' starts at float {one.Offset}, which is not a multiple of 16."));
            }

            for (int j = 0; j < i; j++)
            {
                var other = memory.Placements[j];
                if (one.Lifetime.Overlaps(other.Lifetime) && one.Offset < other.End && other.Offset < one.End)
                {
                    throw new InvalidOperationException(FormattableString.Invariant(
                        $"The plan is wrong: '{one.Lifetime.Buffer.Name}' (floats {one.Offset} to {one.End - 1}) and '{other.Lifetime.Buffer.Name}' (floats {other.Offset} to {other.End - 1}) are alive at once and overlap."));
                }
            }
        }
    }

    private static void VerifyPart(Buffer buffer)
    {
        if (buffer.Parent is not { } parent) return;
        if (buffer.ParentOffset < 0 || (long)buffer.ParentOffset + buffer.Length > parent.TotalLength)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The plan is wrong: '{buffer.Name}' needs floats {buffer.ParentOffset} to {(long)buffer.ParentOffset + buffer.Length - 1} of '{parent.Name}', which has {parent.TotalLength}."));
        }

        VerifyPart(parent);
    }
}
