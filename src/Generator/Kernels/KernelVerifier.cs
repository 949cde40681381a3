using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;

namespace StaticCnn.Generator.Kernels;

/// <summary>
/// Proves, before a kernel is printed, that each of its loads and stores lies inside its buffer for every value of
/// every loop variable. Indices are affine, so the extremes are exact and the proof is arithmetic.
/// </summary>
internal static class KernelVerifier
{
    /// <summary>Throws if an access may leave its buffer.</summary>
    public static void Verify(Kernel kernel, Target target)
    {
        var extents = kernel.Arguments.ToDictionary(argument => argument.Variable, argument => argument.Extent);
        Verify(kernel, kernel.Body, extents, target.Lanes);
    }

    private static void Verify(Kernel kernel, EquatableArray<Statement> body, Dictionary<string, int> extents, int lanes)
    {
        foreach (var statement in body)
        {
            if (statement is For loop)
            {
                if (extents.ContainsKey(loop.Variable)) throw Broken(kernel, $"the loop variable '{loop.Variable}' hides another of its name");
                extents[loop.Variable] = loop.Extent;
                Verify(kernel, loop.Body, extents, lanes);
                extents.Remove(loop.Variable);
                continue;
            }

            Walk.Accesses(statement, lanes, access =>
            {
                var (least, greatest) = access.Index.Range(extents);
                long end = greatest + (access.Lanes ? lanes : 1);
                if (least < 0 || end > access.Buffer.Length)
                {
                    throw Broken(kernel, FormattableString.Invariant(
                        $"{(access.IsStore ? "a store" : "a load")} touches floats {least} to {end - 1} of '{access.Buffer.Name}', which has {access.Buffer.Length}: index {access.Index}"));
                }
            });
        }
    }

    private static InvalidOperationException Broken(Kernel kernel, string what) => new($"The kernel {kernel.Name} is wrong: {what}.");
}
