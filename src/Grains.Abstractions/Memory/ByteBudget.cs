namespace ImageSearch.Memory;

/// <summary>
/// The number of bytes that all calls together may hold. A request that exceeds it fails immediately: calls that already hold bytes would
/// deadlock if they waited for each other.
/// </summary>
/// <param name="megabytes">The capacity in MiB, at least 1.</param>
public sealed class ByteBudget(int megabytes)
{
    private long _free = (long)megabytes << 20;

    /// <summary>The capacity in bytes.</summary>
    public long Capacity { get; } = (long)megabytes << 20;

    /// <summary>The free bytes.</summary>
    public long Free => Interlocked.Read(ref _free);

    /// <summary>Takes bytes, to be returned by <see cref="Return"/>. False: not enough are free, and none are taken.</summary>
    public bool TryTake(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var left = Interlocked.Add(ref _free, -bytes);
        if (left >= 0) return true;
        Interlocked.Add(ref _free, bytes);
        return false;
    }

    /// <summary>Returns bytes.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _free, bytes);
}
