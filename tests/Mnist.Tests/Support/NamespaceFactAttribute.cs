using System.Diagnostics;

namespace StaticCnn.Mnist.Tests.Support;

/// <summary>A test that mounts a file system of its own, which Linux allows in a namespace, on most machines.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NamespaceFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> IsPossible = new(() =>
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            using var process = Process.Start(new ProcessStartInfo("unshare", ["-rm", "sh", "-c", "mount -t tmpfs none /mnt"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });

    public NamespaceFactAttribute()
    {
        if (!IsPossible.Value) Skip = "A file system cannot be mounted here with 'unshare -rm'.";
    }
}
