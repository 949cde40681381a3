// What a declared network costs before it runs: the generator, the compiler, the JIT. Each in a fresh process, since the first time is what counts.
// Usage: StaticCnn.CompileTime    prints one JSON object for each part
using System.Diagnostics;
using StaticCnn.Bench;

if (args is ["jit"])
{
    Jit.Measure<SimpleCnn>();
}
else if (args is ["compile"])
{
    Compile.Measure();
}
else
{
    foreach (string part in (string[])["jit", "compile"])
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [part]))!;
        process.WaitForExit();
        if (process.ExitCode != 0) return process.ExitCode;
    }
}

return 0;
