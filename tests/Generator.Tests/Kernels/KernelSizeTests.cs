using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Generator.Tests.GeneratedCode;
using Microsoft.CodeAnalysis.CSharp;
using StaticCnn.Generator.Kernels;
using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;

namespace Generator.Tests.Kernels;

/// <summary>What the compiler makes of the kernels, against the estimate, the budget and RyuJIT's limits.</summary>
public class KernelSizeTests
{
    private const int JitIlBytes = 60_000, JitLocals = 2_000;

    [Theory]
    [InlineData(Declared.SimpleCnn)]
    [InlineData("[CnnModel(3, 40, 200), Conv2d(40, 11, Padding = 10), ReLU, MaxPool2d(5), Conv2d(33, 11, Padding = 5, Stride = 2), ReLU, Flatten, Linear(2)]")]
    [InlineData("[CnnModel(7, 31, 29), Conv2d(130, 7, 11, Padding = 3), Conv2d(67, 11, Padding = 10), ReLU, Conv2d(5, 11, 3), MaxPool2d(11, Stride = 3), Flatten, Linear(100)]")]
    [InlineData("[CnnModel(5, 28, 28), MaxPool2d(28, Stride = 1), Flatten, Linear(3), ReLU, Dropout(0.5f), Linear(2)]")]
    [InlineData("[CnnModel(1, 28, 28), Conv2d(3, 3), ReLU, MaxPool2d(26), Flatten, Linear(3)] [Training(BatchSize = 65536)]")]
    [InlineData("[CnnModel(64, 9, 9), Conv2d(2, 1), Conv2d(64, 11, 11, Padding = 10, Stride = 5), Flatten, Linear(1000), ReLU, Linear(1000)] [Training(BatchSize = 1)]")]
    public void KernelsStayBelowTheLimitsOfTheJit(string attributes)
    {
        var compiled = Compiled(attributes);
        foreach (int bits in TestModel.Widths)
        {
            foreach (var kernel in Declared.Kernels(Declared.Plan(attributes, bits)))
            {
                int estimate = KernelSize.IlBytes(kernel);
                Assert.InRange(estimate, 1, UnrollBudget.IlBytes);
                Assert.InRange(KernelSize.Registers(kernel), 0, UnrollBudget.Registers);
                var candidates = compiled.Where(method => method.Bits == bits && IsOf(kernel, method.Name)).ToList();
                Assert.NotEmpty(candidates);
                Assert.All(candidates, method => Assert.InRange(method.IlBytes, 1, estimate));
            }
        }

        // Programs, too: their calls grow with the layers.
        Assert.All(compiled, method => Assert.True(
            method.IlBytes < JitIlBytes && method.Locals < JitLocals, $"{method} is too large for the JIT to optimise."));
    }

    /// <summary>One image's kernels and those that differ in training carry the program in their names.</summary>
    private static bool IsOf(Kernel kernel, string method) =>
        method == kernel.Name || method == "Image" + kernel.Name || method == kernel.Name + "Training";

    private sealed record Method(int Bits, string Name, int IlBytes, int Locals);

    private static List<Method> Compiled(string attributes)
    {
        var source = GeneratorHarness.CreateCompilation(LanguageVersion.Latest, $"using StaticCnn;\n{attributes}\npublic sealed partial class Net;");
        GeneratorHarness.CreateDriver().RunGeneratorsAndUpdateCompilation(source, out var compilation, out var messages);
        Assert.Empty(messages);
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        image.Position = 0;
        using var file = new PEReader(image);
        var metadata = file.GetMetadataReader();
        var methods = new List<Method>();
        foreach (var type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            string name = metadata.GetString(type.Name);
            if (!name.StartsWith("Kernels", StringComparison.Ordinal)) continue;
            foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0))
            {
                var body = file.GetMethodBody(method.RelativeVirtualAddress);
                methods.Add(new Method(
                    int.Parse(name["Kernels".Length..], System.Globalization.CultureInfo.InvariantCulture),
                    metadata.GetString(method.Name), body.GetILReader().Length, Locals(metadata, body)));
            }
        }

        return methods;
    }

    private static int Locals(MetadataReader metadata, MethodBodyBlock body)
    {
        if (body.LocalSignature.IsNil) return 0;
        var signature = metadata.GetBlobReader(metadata.GetStandaloneSignature(body.LocalSignature).Signature);
        signature.ReadByte();
        return signature.ReadCompressedInteger();
    }
}
