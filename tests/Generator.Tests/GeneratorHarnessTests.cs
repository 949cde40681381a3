using System.Reflection;
using System.Runtime.CompilerServices;

namespace Generator.Tests;

public class GeneratorHarnessTests
{
    [Fact]
    public void RunsOptimisedCode()
    {
        using var model = GeneratorHarness.Compile("namespace A; public static class C { public static int Twice(int x) => 2 * x; }");

        Assert.Equal(14, model["A.C"].GetMethod("Twice")!.Invoke(null, [7]));
        var debuggable = model.Assembly.GetCustomAttribute<System.Diagnostics.DebuggableAttribute>();
        Assert.False(debuggable?.IsJITOptimizerDisabled ?? false);
    }

    [Fact]
    public void FailsWithTheCompilersMessage() =>
        Assert.Contains("CS0246", Assert.Throws<InvalidOperationException>(() => GeneratorHarness.Compile("class C : Missing;")).Message, StringComparison.Ordinal);

    [Fact]
    public void FailsWithTheAnalyzersMessage()
    {
        const string Source = "[StaticCnn.CnnModel(1, 4, 4), StaticCnn.Flatten, StaticCnn.Linear(1)] partial class C;";
        Assert.Contains("SCNN015", Assert.Throws<InvalidOperationException>(() => GeneratorHarness.Compile(Source)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnloadsWhenDisposed()
    {
        var loaded = LoadAndDispose();
        for (int i = 0; i < 10 && loaded.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(loaded.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference LoadAndDispose()
    {
        using var model = GeneratorHarness.Compile("public class C;");
        return new WeakReference(model.Assembly);
    }
}
