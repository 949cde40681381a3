using System.Globalization;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Output;

/// <summary>The outcome of a test, as the tutorial prints it.</summary>
internal static class TestTable
{
    public static void Write(TextWriter output, TestResult test)
    {
        Evaluation all = test.Overall;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Test: accuracy {100 * all.Accuracy:F2} % ({all.Correct}/{all.Total}), loss {all.Loss:F4}"));
        for (int label = 0; label < test.PerClass.Length; label++)
        {
            Evaluation one = test.PerClass[label];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Accuracy of digit {label}: {(one.Total == 0 ? "no images" : $"{100 * one.Accuracy:F2} % ({one.Correct}/{one.Total})")}"));
        }
    }
}
