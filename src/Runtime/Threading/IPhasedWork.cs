namespace StaticCnn;

/// <summary>Work in phases: every task of a phase ends before the next phase begins.</summary>
public interface IPhasedWork
{
    /// <summary>Runs one task. Which worker runs it is not fixed, so a task's result must not depend on <paramref name="worker"/>.</summary>
    /// <param name="phase">The phase, from 0.</param>
    /// <param name="task">The task within the phase, from 0.</param>
    /// <param name="worker">The worker that runs it, 0 to <see cref="WorkerTeam.Threads"/>-1: selects scratch memory.</param>
    void Run(int phase, int task, int worker);
}
