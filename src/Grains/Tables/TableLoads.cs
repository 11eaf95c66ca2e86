using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ImageSearch.Grains.Tables;

/// <summary>The tables that this process is filling from the catalog at the moment.</summary>
public sealed class TableLoads
{
    private readonly ConcurrentDictionary<TableLoad, bool> _current = new();
    private readonly ConcurrentDictionary<TableName, bool> _unopened = new();
    private readonly TimeProvider _time;

    /// <summary>None is under way.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="meters">Makes the meter and owns it; null: no metrics.</param>
    public TableLoads(TimeProvider time, IMeterFactory? meters = null)
    {
        _time = time;
        meters?.Create(CallMetrics.MeterName).CreateObservableGauge(
            "imagesearch.table.loading", () => _current.Count, "{table}", "Tables that are being filled from the catalog; their searches wait.");
    }

    /// <summary>Tables whose last opening failed: they are not searched before one goes well.</summary>
    public int Unopened => _unopened.Count;

    /// <summary>Notes how a table's opening ended.</summary>
    internal void Opened(TableName table, bool well)
    {
        if (well)
            _unopened.TryRemove(table, out _);
        else
            _unopened[table] = true;
    }

    /// <summary>Those under way, by name.</summary>
    public IReadOnlyList<TableLoad> Current => [.. _current.Keys.OrderBy(load => load.Table.Value, StringComparer.Ordinal)];

    /// <summary>A load begins; it ends when it is disposed.</summary>
    /// <param name="table">The table.</param>
    /// <param name="total">Rows to come.</param>
    internal TableLoad Begin(TableName table, long total)
    {
        var load = new TableLoad(table, total, _time, ended => _current.TryRemove(ended, out _));
        _current.TryAdd(load, true);
        return load;
    }
}

/// <summary>A table that is being filled.</summary>
public sealed class TableLoad : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly TimeProvider _time;
    private readonly Action<TableLoad> _ended;
    private readonly long _began;
    private long _told;
    private long _rows;

    internal TableLoad(TableName table, long total, TimeProvider time, Action<TableLoad> ended)
    {
        (Table, Total, _time, _ended) = (table, total, time, ended);
        _began = _told = time.GetTimestamp();
    }

    /// <summary>The table.</summary>
    public TableName Table { get; }

    /// <summary>Rows to come, as counted when it began.</summary>
    public long Total { get; }

    /// <summary>Rows that have come.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Since it began.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_began);

    /// <summary>Rows a second.</summary>
    public double Rate => Rows / Math.Max(Elapsed.TotalSeconds, 1e-3);

    /// <summary>Seconds that the rest takes at this rate; null before the first rows.</summary>
    public double? SecondsLeft => Rows == 0 ? null : Math.Max(Total - Rows, 0) / Rate;

    /// <summary>Counts rows.</summary>
    /// <returns>Whether it is time for a line in the log: every ten seconds.</returns>
    internal bool Add(int rows)
    {
        Interlocked.Add(ref _rows, rows);
        if (_time.GetElapsedTime(_told) < Pause) return false;
        _told = _time.GetTimestamp();
        return true;
    }

    /// <summary>It has ended.</summary>
    public void Dispose() => _ended(this);
}
