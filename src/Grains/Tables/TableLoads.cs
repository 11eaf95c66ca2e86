using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ImageSearch.Grains.Tables;

/// <summary>The tables that this process is indexing from the catalog.</summary>
public sealed class TableLoads
{
    private readonly ConcurrentDictionary<TableLoad, bool> _current = new();
    private readonly ConcurrentDictionary<TableName, bool> _unopened = new();
    private readonly TimeProvider _time;

    /// <summary>An empty list.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="meters">Creates and owns the meter; null for no metrics.</param>
    public TableLoads(TimeProvider time, IMeterFactory? meters = null)
    {
        _time = time;
        meters?.Create(CallMetrics.MeterName).CreateObservableGauge(
            "imagesearch.table.loading", () => _current.Count, "{table}", "Tables that are being filled from the catalog; their searches wait.");
    }

    /// <summary>The number of tables that could not be opened at the last attempt; their searches fail.</summary>
    public int Unopened => _unopened.Count;

    /// <summary>The current loads by table name.</summary>
    public IReadOnlyList<TableLoad> Current => [.. _current.Keys.OrderBy(load => load.Table.Value, StringComparer.Ordinal)];

    /// <summary>Records whether a table could be opened.</summary>
    internal void RecordOpening(TableName table, bool succeeded)
    {
        if (succeeded)
            _unopened.TryRemove(table, out _);
        else
            _unopened[table] = true;
    }

    /// <summary>Begins a load, which ends when it is disposed.</summary>
    /// <param name="table">The table.</param>
    /// <param name="total">The number of rows to index.</param>
    internal TableLoad Begin(TableName table, long total)
    {
        var load = new TableLoad(table, total, _time, ended => _current.TryRemove(ended, out _));
        _current.TryAdd(load, true);
        return load;
    }
}
