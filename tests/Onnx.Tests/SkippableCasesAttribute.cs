namespace Onnx.Tests;

/// <summary>A test that needs the standard's own cases, skipped with what to install where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SkippableCasesAttribute : FactAttribute
{
    public SkippableCasesAttribute()
    {
        if (!BackendCases.Exist) Skip = BackendCases.HowToGet;
    }
}
