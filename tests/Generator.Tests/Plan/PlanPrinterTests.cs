using StaticCnn.Generator.Plan;

namespace Generator.Tests.Plan;

/// <summary>
/// The plans of three networks as text. After a change that is meant to change them,
/// <c>UPDATE_SNAPSHOTS=1 dotnet test tests/Generator.Tests --filter PlanPrinterTests</c> writes them anew; read the diff.
/// </summary>
public class PlanPrinterTests
{
    [Theory]
    [InlineData("SimpleCnn", 512, Declared.SimpleCnn)]
    [InlineData("Strided", 256, "[CnnModel(2, 9, 7)] [Conv2d(3, 3, 2, StrideHeight = 2, PaddingHeight = 1, Bias = false), ReLU, Conv2d(5, 2), Dropout(0.5f)] [Flatten, Linear(3)] [Training(BatchSize = 9)]")]
    [InlineData("Overlapping", 128, "[CnnModel(1, 8, 8)] [MaxPool2d(3, Stride = 2), ReLU, Conv2d(4, 1, Name = \"image\")] [Flatten, Linear(6), ReLU, Linear(2, Bias = false)] [Training(BatchSize = 3)]")]
    public void ThePlanIsAsKept(string name, int bits, string attributes)
    {
        string file = Repository.PathTo("tests", "Generator.Tests", "Plan", "Snapshots", name + ".txt");
        string text = PlanPrinter.Print(Declared.Plan(attributes, bits));
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        Assert.Equal(File.ReadAllText(file), text);
    }

    [Fact]
    public void TheCultureChangesNothing()
    {
        string plain = PlanPrinter.Print(Declared.Plan(Declared.SimpleCnn, 512));
        using var hostile = new HostileCulture();
        Assert.Equal(plain, PlanPrinter.Print(Declared.Plan(Declared.SimpleCnn, 512)));
    }
}
