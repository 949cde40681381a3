using System.Collections.Immutable;

namespace StaticCnn.Tests;

/// <summary>A store as the generator lays it out: everything on multiples of 16 floats, rows of linear weights too.</summary>
internal static class SampleParameters
{
    public static ParameterStore Store() => Store(
        ("conv1.weight", [3, 2, 3, 3], 18), ("conv1.bias", [3], 18), ("fc1.weight", [5, 37], 37), ("fc1.bias", [5], 37));

    public static ParameterStore Store(params (string Name, int[] Shape, int FanIn)[] parameters)
    {
        var infos = ImmutableArray.CreateBuilder<ParameterInfo>();
        int offset = 0;
        foreach (var (name, shape, fanIn) in parameters)
        {
            int rows = shape.Length == 2 ? shape[0] : 1;
            int length = shape.Aggregate(1, (a, b) => a * b) / rows;
            int pitch = (length + 15) / 16 * 16;
            infos.Add(new ParameterInfo(name, [.. shape], fanIn, offset, rows, pitch));
            offset += rows * pitch;
        }
        return new ParameterStore("Sample", infos.ToImmutable());
    }
}
