namespace StaticCnn.Generator.Plan;

/// <summary>The forward pass of one shard, batch in lanes.</summary>
internal static class InferencePlanner
{
    public static (Program Prepare, Program Inference) Plan(EquatableArray<Stage> stages, ParameterLayout parameters, Target target)
    {
        var forward = new ForwardPlanner(stages, parameters, target, Space.Prepared);
        var operations = new List<Operation>();
        var x = forward.Image;
        operations.Add(new LoadImages("loadImages", x));
        for (int i = 0; i < stages.Count; i++)
        {
            if (stages[i] is DropoutStage) continue;
            var y = forward.Output(i, x);
            operations.AddRange(forward.Operations(i, x, y, winner: null, keys: null));
            x = y;
        }

        operations.Add(new StoreLogits("storeLogits", x));
        return (new Program("Prepare", forward.Preparations.ToEquatableArray()), new Program("Inference", operations.ToEquatableArray()));
    }
}
