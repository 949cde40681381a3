using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticCnn.Generator.Diagnostics;

namespace StaticCnn.Fuzz.Targets;

/// <summary>Declarations in source text, sound or not, as far as the analyzer and the generator read them: to a network or to errors.</summary>
internal static class DeclarationTarget
{
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Fuzzed",
        references: new[] { typeof(object).Assembly.Location, typeof(CnnModelAttribute).Assembly.Location, System.Reflection.Assembly.Load("System.Runtime").Location }
            .Select(path => MetadataReference.CreateFromFile(path)),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    public static FuzzTarget Declarations => new("declarations", 1, [.. Sound.Select(Encoding.UTF8.GetBytes)], Read)
    {
        Words =
        [
            "[Conv2d(3, 3)]", "[Conv2d(1, 2, Stride = 2)]", "ReLU, ", "MaxPool2d(2), ", "[Flatten, Linear(10)]", "Dropout(0.5f), ", "[Training(BatchSize = 1)]", "[NativeExports(\"net_\")]",
            "[CnnModel(1, 9, 8)]", "Name = \"a\", ", "Padding = ", "StrideHeight = ", "KernelWidth = ", "-1", "int.MaxValue", "float.NaN", "1e-30f", "null", "partial ", "class A<T> { ", "struct ", "} ", "namespace @class { ",
            "default", "nameof(Net)", "typeof(int)", "new int[0]", "\"\\0\"", "@", "//", "#if X\n", "record ", "static ",
        ],
        MostInput = 1024,
        MostAllocated = length => (16 << 20) + 4096L * length, // Most of it is the compiler's.
    };

    private static string[] Sound =>
    [
        "using StaticCnn;\n[CnnModel(1, 8, 8)]\n[Conv2d(3, 5, Padding = 2), ReLU, MaxPool2d(2)]\n[Flatten, Linear(8), ReLU, Dropout(0.2f), Linear(10)]\n[Training(BatchSize = 64, Epochs = 3)]\npublic sealed partial class Net;\n",
        "using StaticCnn;\nnamespace A.B { partial class C { [CnnModel(3, 9, 8)] [Conv2d(4, 3, 1, Name = \"c\", StrideHeight = 2, PaddingWidth = 1), MaxPool2d(2, Stride = 1), Flatten, Linear(2, Name = \"out\")] [NativeExports(\"net_\")] internal partial class Net; } }\n",
    ];

    private static void Read(byte[] input)
    {
        var tree = CSharpSyntaxTree.ParseText(Encoding.UTF8.GetString(input));
        var compilation = Empty.AddSyntaxTrees(tree);
        foreach (var type in TypesOf(compilation.Assembly.GlobalNamespace))
        {
            CnnModelAnalyzer.Analyze(type, Check, CancellationToken.None);
        }
    }

    private static void Check(Diagnostic diagnostic)
    {
        string message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        if (message.Length == 0 || message.Contains("{0}", StringComparison.Ordinal) || message.Contains('\n')) throw new InvalidOperationException($"{diagnostic.Id}: {message}");
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container) => container.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? TypesOf(type).Prepend(type) : TypesOf(member));
}
