using System.Reflection;
using System.Runtime.InteropServices;

namespace Generator.Tests.Emit;

/// <summary>The C functions of networks that ask for them, and their header.</summary>
public class ExportsEmitterTests
{
    private const string Two =
        """
        using StaticCnn;
        namespace Shop
        {
            public partial class Outer
            {
                [CnnModel(1, 4, 6), Flatten, Linear(3), NativeExports("stamps")]
                private partial class Stamps;
            }
        }
        [CnnModel(2, 5, 5), Conv2d(2, 2), ReLU, Flatten, Linear(2)] public partial class Plain;
        """;

    [Fact]
    public void Each_function_has_the_prefix_and_the_project_needs_no_unsafe()
    {
        using var compiled = GeneratorHarness.Compile(Two);

        var entries = compiled.Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()?.EntryPoint).OfType<string>();
        Assert.Equal(
            ["allocated_bytes", "class_count", "create", "destroy", "forward", "image_length", "load", "predict", "version"],
            entries.Select(entry => entry.Replace("stamps_", "", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void The_header_stands_in_the_assembly()
    {
        using var compiled = GeneratorHarness.Compile(Two);

        var header = Assert.Single(
            compiled.Assembly.GetCustomAttributes<AssemblyMetadataAttribute>(), metadata => metadata.Key.StartsWith("StaticCnn.Header.", StringComparison.Ordinal));
        Assert.Equal("StaticCnn.Header.stamps.h", header.Key);
        Assert.Contains("#define STAMPS_IMAGE_LENGTH 24\n#define STAMPS_CLASS_COUNT 3\n", header.Value, StringComparison.Ordinal);
        Assert.Contains("int32_t stamps_predict(stamps_model *model, const float *images, int32_t count,", header.Value, StringComparison.Ordinal);
    }
}
