namespace ImageSearch.Embedding.Pictures;

/// <summary>
/// The memory that a group of lanes may use for decoding, by estimate. Lanes wait in order until enough is free. They wait for a bounded
/// time, because no lane that holds memory waits for anything.
/// </summary>
internal sealed class DecodeMemory(long bytes)
{
    private readonly object _gate = new();
    private long _free = bytes;
    private long _lastTicket;
    private long _served;

    /// <summary>The total, in bytes.</summary>
    internal long Capacity { get; } = bytes;

    /// <summary>Bytes that are free.</summary>
    internal long FreeBytes
    {
        get
        {
            lock (_gate) return _free;
        }
    }

    /// <summary>Number of lanes that wait.</summary>
    internal long Waiting
    {
        get
        {
            lock (_gate) return _lastTicket - _served;
        }
    }

    /// <summary>Waits for memory. A request above the capacity gets all of it.</summary>
    /// <param name="bytes">The estimate.</param>
    /// <returns>The lease, to dispose of when the picture is decoded.</returns>
    internal Lease Acquire(long bytes)
    {
        var granted = Math.Clamp(bytes, 0, Capacity);
        lock (_gate)
        {
            var ticket = _lastTicket++;
            while (ticket != _served || _free < granted) Monitor.Wait(_gate);
            _served++;
            _free -= granted;
            Monitor.PulseAll(_gate);
        }

        return new Lease(this, granted);
    }

    private void Return(long granted)
    {
        lock (_gate)
        {
            _free += granted;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>A part of the memory that is in use.</summary>
    internal readonly struct Lease(DecodeMemory memory, long granted) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => memory.Return(granted);
    }
}
