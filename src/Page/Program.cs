using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

namespace StaticCnn.Page;

/// <summary>What scripts/worker.js starts; it waits to be called by what Exports/ exports.</summary>
internal static class Program
{
    private static void Main()
    {
    }
}
