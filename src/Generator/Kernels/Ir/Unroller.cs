using System.Collections.Immutable;

namespace StaticCnn.Generator.Kernels.Ir;

/// <summary>Writes out the loops that are marked for it. What is left are the loops that run.</summary>
internal static class Unroller
{
    public static Kernel Unroll(Kernel kernel)
    {
        var fixedVariables = new Dictionary<string, int>();
        return kernel with { Body = Unroll(kernel.Body, fixedVariables) };
    }

    private static EquatableArray<Statement> Unroll(EquatableArray<Statement> body, Dictionary<string, int> values)
    {
        var written = ImmutableArray.CreateBuilder<Statement>(body.Count);
        Unroll(body, values, written);
        return written.ToImmutable();
    }

    /// <summary>Each innermost statement is copied once, with the values that all the loops around it have by then.</summary>
    private static void Unroll(EquatableArray<Statement> body, Dictionary<string, int> values, ImmutableArray<Statement>.Builder written)
    {
        foreach (var statement in body)
        {
            if (statement is not For loop)
            {
                written.Add(values.Count == 0 ? statement : Walk.Substitute(statement, values));
            }
            else if (!loop.Unroll && loop.Extent != 1)
            {
                written.Add(loop with { Body = Unroll(loop.Body, values) });
            }
            else
            {
                for (int i = 0; i < loop.Extent; i++)
                {
                    values[loop.Variable] = i;
                    Unroll(loop.Body, values, written);
                }

                values.Remove(loop.Variable);
            }
        }
    }
}
