namespace ImageSearch.Embedding.Pictures;

/// <summary>
/// The memory that all decoding of some lanes may take together, by its own estimate. A lane waits, first come first served, until those
/// before it leave it enough; those end in bounded time, for none of them waits for anything while it has memory.
/// </summary>
internal sealed class DecodeMemory(long bytes)
{
    private readonly object _gate = new();
    private long _free = bytes;
    private long _lastTicket;
    private long _served;

    /// <summary>All of it.</summary>
    internal long Capacity { get; } = bytes;

    /// <summary>Bytes that are free now.</summary>
    internal long FreeBytes
    {
        get
        {
            lock (_gate) return _free;
        }
    }

    /// <summary>Lanes that wait.</summary>
    internal long Waiting
    {
        get
        {
            lock (_gate) return _lastTicket - _served;
        }
    }

    /// <summary>Waits for memory. One that wants more than there is gets all of it.</summary>
    /// <param name="bytes">The estimate.</param>
    /// <returns>The memory, to be disposed of when the picture is decoded.</returns>
    internal Share Take(long bytes)
    {
        var taken = Math.Clamp(bytes, 0, Capacity);
        lock (_gate)
        {
            var ticket = _lastTicket++;
            while (ticket != _served || _free < taken) Monitor.Wait(_gate);
            _served++;
            _free -= taken;
            Monitor.PulseAll(_gate);
        }

        return new Share(this, taken);
    }

    private void Return(long taken)
    {
        lock (_gate)
        {
            _free += taken;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>A part of the memory.</summary>
    internal readonly struct Share(DecodeMemory memory, long taken) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => memory.Return(taken);
    }
}
