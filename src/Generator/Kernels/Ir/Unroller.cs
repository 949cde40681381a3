namespace StaticCnn.Generator.Kernels.Ir;

/// <summary>Writes out the loops that are marked for it. What is left are the loops that run.</summary>
internal static class Unroller
{
    public static Kernel Unroll(Kernel kernel) => kernel with { Body = Unroll(kernel.Body).ToEquatableArray() };

    private static IEnumerable<Statement> Unroll(IEnumerable<Statement> body)
    {
        foreach (var statement in body)
        {
            if (statement is not For loop)
            {
                yield return statement;
            }
            else if (!loop.Unroll && loop.Extent != 1)
            {
                yield return loop with { Body = Unroll(loop.Body).ToEquatableArray() };
            }
            else
            {
                // The inner loops first, so that they are copied already written out.
                var inner = Unroll(loop.Body).ToList();
                for (int i = 0; i < loop.Extent; i++)
                {
                    foreach (var copy in inner) yield return Walk.Substitute(copy, loop.Variable, i);
                }
            }
        }
    }
}
