namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>
/// What this process knows of Milvus' clock: the newest timestamp that the server gave, and how long ago. A search names a moment up to
/// which it wants to see all writes; the server waits until it has got there, so a guess that is off costs time and never a write.
/// </summary>
/// <param name="time">The local clock.</param>
internal sealed class ServerClock(TimeProvider time)
{
    // The server's own bound, and far more than its usual delay (0.2 s), so that a search waits only where the server is behind.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    // Milvus' timestamps: milliseconds above, a counter in the lowest 18 bits.
    private const int CounterBits = 18;

    private readonly Lock _lock = new();
    private ulong _newest;
    private long _learned;

    /// <summary>The server gave this timestamp just now.</summary>
    public void Learn(ulong timestamp)
    {
        lock (_lock)
        {
            if (timestamp > _newest) (_newest, _learned) = (timestamp, time.GetTimestamp());
        }
    }

    /// <summary>The moment that searches may take for granted: five seconds ago as the server counts; 0 while it has given no timestamp.</summary>
    public ulong BoundedGuarantee()
    {
        lock (_lock)
        {
            if (_newest == 0) return 0;
            var milliseconds = (long)(_newest >> CounterBits) + (long)(time.GetElapsedTime(_learned) - Bound).TotalMilliseconds;
            return milliseconds <= 0 ? 0 : (ulong)milliseconds << CounterBits;
        }
    }
}
