namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>
/// An estimate of Milvus' clock: the newest timestamp that the server returned, and the local time since. A search names the timestamp up
/// to which it must see all writes, and the server waits until it has reached it. An estimate that is off costs time, never a write.
/// </summary>
/// <param name="time">The local clock.</param>
internal sealed class ServerClock(TimeProvider time)
{
    // The bound of the server's own bounded reads. Its usual delay is 0.2 s, so a search waits only if the server is behind.
    private static readonly TimeSpan MaxStaleness = TimeSpan.FromSeconds(5);

    // A Milvus timestamp holds milliseconds above a counter in the lowest 18 bits.
    private const int CounterBits = 18;

    private readonly Lock _lock = new();
    private ulong _newest;
    private long _observedAt;

    /// <summary>Records a timestamp that the server just returned.</summary>
    public void Observe(ulong timestamp)
    {
        lock (_lock)
        {
            if (timestamp > _newest) (_newest, _observedAt) = (timestamp, time.GetTimestamp());
        }
    }

    /// <summary>
    /// The guarantee timestamp of bounded searches: five seconds ago by the server's clock; 0 before the first timestamp.
    /// </summary>
    public ulong BoundedGuarantee()
    {
        lock (_lock)
        {
            if (_newest == 0) return 0;
            var milliseconds = (long)(_newest >> CounterBits) + (long)(time.GetElapsedTime(_observedAt) - MaxStaleness).TotalMilliseconds;
            return milliseconds <= 0 ? 0 : (ulong)milliseconds << CounterBits;
        }
    }
}
