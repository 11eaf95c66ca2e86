namespace ImageSearch.Memory;

/// <summary>
/// Bytes that many calls may hold together. What there is no room for is refused at once: those who hold some already would otherwise wait
/// for each other.
/// </summary>
/// <param name="megabytes">All of it, in MiB; 1 or more.</param>
public sealed class ByteBudget(int megabytes)
{
    private long _free = (long)megabytes << 20;

    /// <summary>All of it.</summary>
    public long Capacity { get; } = (long)megabytes << 20;

    /// <summary>What nobody holds.</summary>
    public long Free => Interlocked.Read(ref _free);

    /// <summary>Takes bytes, which are given back with <see cref="Return"/>; false where there is no room for all of them.</summary>
    public bool TryTake(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var left = Interlocked.Add(ref _free, -bytes);
        if (left >= 0) return true;
        Interlocked.Add(ref _free, bytes);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _free, bytes);
}
