namespace StaticCnn.Generated;

/// <summary>
/// A caller's span for the length of one call, reachable from the threads of a team. Whoever sets it keeps the memory
/// pinned until the threads are done.
/// </summary>
internal unsafe struct PinnedSpan<T> where T : unmanaged
{
    private T* _start;
    private int _length;

    public PinnedSpan(T* start, int length)
    {
        _start = start;
        _length = length;
    }

    public readonly Span<T> Span => new(_start, _length);
}
