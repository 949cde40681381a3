using StaticCnn.Generated;
using StaticCnn.Verification;

namespace StaticCnn;

/// <summary>
/// Verifies a generated network on the machine it runs on: the plan's memory, every kernel against the plain-loop
/// reference and against finite differences, and the promises of no allocation and of the same bits for any number of threads.
/// </summary>
public static class ModelVerifier
{
    /// <summary>Verifies the kernels of every vector width that this machine has and this build contains.</summary>
    /// <typeparam name="TModel">The generated network.</typeparam>
    /// <param name="options">What to try it on.</param>
    /// <param name="progress">Is told what is checked next.</param>
    /// <returns>What was checked; all of it <see cref="VerificationResult.Passed"/> in a sound network.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option asks for less than one image, or for more than a batch.</exception>
    /// <exception cref="NoSteadyImageException">No images can be drawn with this seed.</exception>
    public static IReadOnlyList<VerificationResult> Verify<TModel>(VerificationOptions? options = null, Action<string>? progress = null)
        where TModel : class, ICnnModel<TModel>
    {
        int[] widths = [512, 256, 128];
        return Verify<TModel>([.. widths.Select(TModel.KernelsAt).DistinctBy(kernels => kernels.VectorBits)], options, progress);
    }

    /// <summary>Verifies some kernels.</summary>
    internal static IReadOnlyList<VerificationResult> Verify<TModel>(
        IReadOnlyList<ModelKernels> kernels, VerificationOptions? options = null, Action<string>? progress = null)
        where TModel : class, ICnnModel<TModel>
    {
        options ??= new VerificationOptions();
        Require(options.Images, int.MaxValue, nameof(VerificationOptions.Images));
        Require(options.BatchSize ?? 1, TModel.Recipe.BatchSize, nameof(VerificationOptions.BatchSize));
        Require(options.ShortBatch ?? 1, TModel.Recipe.BatchSize, nameof(VerificationOptions.ShortBatch));
        progress?.Invoke("reference: forward pass, loss and gradients by plain loops");
        var expected = new Expectation<TModel>(options);
        var results = new List<VerificationResult>();
        foreach (var one in kernels)
        {
            var checks = new WidthChecks<TModel>(expected, one);
            foreach (var (name, check) in checks.All)
            {
                progress?.Invoke(FormattableString.Invariant($"{one.VectorBits} bits: {name}"));
                results.AddRange(check());
            }
        }

        return results;
    }

    private static void Require(int images, int most, string option)
    {
        if (images < 1 || images > most) throw new ArgumentOutOfRangeException(nameof(VerificationOptions) + "." + option, images, $"Expected 1 to {most} images.");
    }
}
