namespace ImageSearch.Grains.Tables;

/// <summary>The progress of a table that is being indexed.</summary>
public sealed class TableLoad : IDisposable
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);
    private readonly TimeProvider _time;
    private readonly Action<TableLoad> _ended;
    private readonly long _began;
    private long _logged;
    private long _rows;

    internal TableLoad(TableName table, long total, TimeProvider time, Action<TableLoad> ended)
    {
        (Table, Total, _time, _ended) = (table, total, time, ended);
        _began = _logged = time.GetTimestamp();
    }

    /// <summary>The table.</summary>
    public TableName Table { get; }

    /// <summary>Rows to index, as counted at the beginning.</summary>
    public long Total { get; }

    /// <summary>Rows indexed so far.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>The time since the load began.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_began);

    /// <summary>Rows per second.</summary>
    public double Rate => Rows / Math.Max(Elapsed.TotalSeconds, 1e-3);

    /// <summary>Estimated seconds for the remaining rows; null before the first rows.</summary>
    public double? SecondsLeft => Rows == 0 ? null : Math.Max(Total - Rows, 0) / Rate;

    /// <summary>Adds indexed rows.</summary>
    /// <returns>True every ten seconds, when the progress is to be logged.</returns>
    internal bool Add(int rows)
    {
        Interlocked.Add(ref _rows, rows);
        if (_time.GetElapsedTime(_logged) < LogInterval) return false;
        _logged = _time.GetTimestamp();
        return true;
    }

    /// <summary>Ends the load.</summary>
    public void Dispose() => _ended(this);
}
