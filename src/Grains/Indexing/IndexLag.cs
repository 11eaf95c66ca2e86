using System.Diagnostics.Metrics;
using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Indexing;

/// <summary>
/// How far a remote vector store is behind the catalog: the number of rows that wait to be indexed, and the age of the oldest. Reported by
/// <c>/health/ready</c> and as metrics.
/// </summary>
public sealed class IndexLag
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TableGeneration, Waiting> _waiting = [];
    private readonly TimeProvider _time;
    private string? _fault;

    /// <summary>A lag of zero.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="meters">Creates and owns the meter; null for no metrics.</param>
    public IndexLag(TimeProvider time, IMeterFactory? meters = null)
    {
        _time = time;
        if (meters?.Create(CallMetrics.MeterName) is not { } meter) return;
        meter.CreateObservableGauge("imagesearch.index.waiting_rows", () => Rows, "{row}", "Rows that the vector store lacks.");
        meter.CreateObservableGauge("imagesearch.index.oldest_waiting", () => OldestSeconds, "s", "How long the oldest of them has waited.");
        meter.CreateObservableGauge("imagesearch.vector_store.up", () => Fault is null ? 1 : 0, description: "1: the vector store answers; 0: it does not.");
    }

    /// <summary>Waiting rows of all tables.</summary>
    public long Rows
    {
        get
        {
            lock (_lock) return _waiting.Values.Sum(table => table.Rows);
        }
    }

    /// <summary>Seconds since the oldest of them was first seen waiting; 0 if none waits.</summary>
    public long OldestSeconds
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count == 0
                    ? 0
                    : (long)_waiting.Values.Max(table => _time.GetElapsedTime(table.Since).TotalSeconds);
            }
        }
    }

    /// <summary>Why the vector store is unreachable; null while it answers.</summary>
    public string? Fault
    {
        get => Volatile.Read(ref _fault);
        internal set => Volatile.Write(ref _fault, value);
    }

    /// <summary>Sets the number of waiting rows of a table.</summary>
    internal void Update(TableGeneration table, long rows)
    {
        lock (_lock)
        {
            if (rows == 0)
                _waiting.Remove(table);
            else
                _waiting[table] = new Waiting(rows, _waiting.TryGetValue(table, out var before) ? before.Since : _time.GetTimestamp());
        }
    }

    /// <summary>Removes all other tables.</summary>
    internal void RetainOnly(IReadOnlySet<TableGeneration> live)
    {
        lock (_lock)
        {
            foreach (var gone in _waiting.Keys.Where(table => !live.Contains(table)).ToList()) _waiting.Remove(gone);
        }
    }

    private readonly record struct Waiting(long Rows, long Since);
}
