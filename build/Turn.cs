using Microsoft.Build.Framework;

namespace StaticCnn.Build;

/// <summary>
/// Waits until no other build trains the same project's networks: it would overwrite the same files, and may leave nothing to do.
/// The turn is a file that no other process has open. It ends with <see cref="EndTurn"/>, or with the build, even with one that is killed.
/// </summary>
public sealed class TakeTurn : Microsoft.Build.Utilities.Task, ICancelableTask
{
    private readonly ManualResetEventSlim _cancelled = new();

    /// <summary>The file's full path.</summary>
    [Required]
    public string File { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        BuildEngine3.Yield(); // The build that has the turn may be this one for another target framework, and need this node.
        try
        {
            for (bool waited = false; !_cancelled.IsSet; waited = true)
            {
                if (TryOpen() is { } file)
                {
                    BuildEngine4.RegisterTaskObject(File, file, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
                    return true;
                }
                if (!waited) ShowLine.Show(BuildEngine, "Waiting for another build of this project, which trains.", MessageImportance.High);
                _cancelled.Wait(200);
            }
        }
        finally
        {
            BuildEngine3.Reacquire();
        }
        return false;
    }

    /// <inheritdoc/>
    public void Cancel() => _cancelled.Set();

    private FileStream? TryOpen()
    {
        try
        {
            return new FileStream(File, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (System.IO.File.Exists(File))
        {
            return null;
        }
    }
}

/// <summary>Ends the turn that <see cref="TakeTurn"/> took, if it did.</summary>
public sealed class EndTurn : Microsoft.Build.Utilities.Task
{
    /// <summary>The file's full path.</summary>
    [Required]
    public string File { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        (BuildEngine4.UnregisterTaskObject(File, RegisteredTaskObjectLifetime.Build) as IDisposable)?.Dispose();
        return true;
    }
}
