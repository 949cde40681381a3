using Generator.Tests.GeneratedCode;
using Microsoft.CodeAnalysis.CSharp;

namespace Generator.Tests.Emit;

/// <summary>A user's own names, however much they look like ours or the runtime library's, mean what they meant.</summary>
public class HostileNamesTests
{
    private const string Layers =
        "[global::StaticCnn.CnnModel(1, 5, 5), global::StaticCnn.Conv2d(2, 3), global::StaticCnn.Flatten, global::StaticCnn.Dropout(0.5f), global::StaticCnn.Linear(3)]";

    /// <summary>Every type that generated code names, ours and the runtime library's.</summary>
    private static readonly string[] Types =
    [
        "ICnnModel", "ICnnTrainer", "LayerInfo", "LayerKind", "LayerOptions", "ParameterInfo", "ParameterStore", "TensorShape", "TrainingRecipe",
        "WorkerTeam", "WeightsException", "ModelCore", "ModelKernels", "CnnTrainer", "Arena", "Packing", "LaneSum", "LaneTranspose", "DropoutLanes",
        "ImageLanes", "KernelStep", "IShard", "ITrainingShard", "LanePlace", "ActivationPlace", "DropoutSlot", "Span", "ReadOnlySpan", "Unsafe",
        "MethodImpl", "MethodImplAttribute", "MethodImplOptions", "BitConverter", "Vector512", "Vector256", "Vector128", "ImmutableArray",
        "ReadOnlyTensorSpan", "ArgumentException", "Exception", "V", "Kernels512",
    ];

    public static TheoryData<string> Places => new()
    {
        "{0} {1} partial class Net;",
        "namespace My {{ {0} {1} partial class Net; }}",
        "namespace My {{ {0} }} namespace My.Deeper {{ {1} partial class Net; }}",
        "partial class Outer {{ {0} {1} partial class Net; }}",
        "{1} partial class Net {{ {0} }}",
        "namespace My.StaticCnn.Generated {{ {0} }} namespace My.System {{ {0} }} namespace My {{ {1} partial class Net; }}",
        "namespace My {{ class StaticCnn; class System; class global; {0} {1} partial class Net; }}",
        "namespace StaticCnn.Mine {{ {0} {1} partial class Net; }}",
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void TypesOfTheUsersStandInNobodysWay(string source)
    {
        string types = string.Concat(Types.Select(type => $"internal class {type}; "));
        using var compiled = GeneratorHarness.Compile(LanguageVersion.CSharp12, string.Format(null, source, types, Layers));

        Runs(compiled.Assembly.GetTypes().Single(type => type.Name == "Net"));
    }

    /// <summary>No member may have the name of its class, so the generated one gives way.</summary>
    [Fact]
    public void AModelMayHaveTheNameOfAMember()
    {
        string[] members =
        [
            "ImageLength", "ClassCount", "ParameterCount", "ParameterInfos", "LayerInfos", "Recipe", "Layers", "Plan", "Kernels", "_core", "Parameters",
            "Create", "Load", "LoadEmbedded", "Save", "Forward", "ForwardBatch", "Predict", "CopyActivation", "Trainer", "Conv1Weight",
            "ModelName", "InputShape", "CreateTrainer", "Step", "Evaluate", "Threads", "ModelCore", "Kernels512", "V", "Span", "var",
        ];
        using var compiled = GeneratorHarness.Compile(
            "namespace My;\n" + string.Join('\n', members.Select(member => $"{Layers} internal sealed partial class {member};")));

        foreach (string member in members)
        {
            var type = compiled["My." + member];
            Runs(type);
            Assert.Equal(member, TestModel.Create(type).Name);
        }

        Assert.NotNull(compiled["My.Plan"].GetProperty("Plan_"));
        Assert.NotNull(compiled["My.Trainer"].GetNestedType("Trainer_"));
        Assert.NotNull(compiled["My.Create"].GetMethod("Create_"));
    }

    private static void Runs(Type type)
    {
        var model = TestModel.Create(type);
        using var trainer = model.CreateTrainer();
        Assert.InRange(trainer.Step(new float[2 * 25], [0, 2]), 0f, 10f);
        Assert.InRange(model.Predict(new float[25]), 0, 2);
    }
}
