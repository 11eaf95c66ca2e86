namespace ImageSearch.Api.Pictures;

/// <summary>
/// Checks that a table exists. In a cluster this is a round trip to another process, so an answer that it does is remembered for a second.
/// A table that another process drops within this second costs a fetch and an inference; its grain still answers that it is gone.
/// </summary>
/// <param name="grains">Finds the table's grain.</param>
/// <param name="time">The clock.</param>
/// <param name="remembers">Whether answers are remembered: not where the grains are in this process.</param>
internal sealed class TableLookup(IGrainFactory grains, TimeProvider time, bool remembers)
{
    /// <summary>The most tables remembered. With more the memory starts over, which costs round trips only.</summary>
    public const int MaxTables = 1024;

    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<TableName, long> _found = [];

    /// <summary>Asks the table's grain, unless it answered a moment ago.</summary>
    /// <returns>Null where the table exists; else why it can't be used.</returns>
    public async Task<Failure?> CheckAsync(TableName table, CancellationToken cancellationToken)
    {
        if (IsRemembered(table)) return null;
        var asked = time.GetTimestamp();
        var described = await grains.Table(table).DescribeAsync(cancellationToken);
        if (described.Failure is null) Remember(table, asked);
        return described.Failure;
    }

    /// <summary>Called after this process has created or dropped the table.</summary>
    public void Forget(TableName table)
    {
        lock (_gate) _found.Remove(table);
    }

    private bool IsRemembered(TableName table)
    {
        if (!remembers) return false;
        lock (_gate) return _found.TryGetValue(table, out var asked) && time.GetElapsedTime(asked) < Lifetime;
    }

    private void Remember(TableName table, long asked)
    {
        if (!remembers) return;
        lock (_gate)
        {
            if (_found.Count >= MaxTables && !_found.ContainsKey(table)) _found.Clear();
            _found[table] = asked;
        }
    }
}
