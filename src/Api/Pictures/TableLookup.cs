namespace ImageSearch.Api.Pictures;

/// <summary>
/// Finds a table and its model. In a cluster this is a round trip to another process, so positive answers are cached for one second.
/// A call on a table that another process dropped within this second costs a fetch and an inference; its grain still answers that it is
/// gone.
/// </summary>
/// <param name="grains">Finds the table's grain.</param>
/// <param name="time">The clock.</param>
/// <param name="isCacheEnabled">Whether answers are cached; not needed where the grains are in this process.</param>
internal sealed class TableLookup(IGrainFactory grains, TimeProvider time, bool isCacheEnabled)
{
    /// <summary>Maximum number of cached tables. With more the cache is cleared, which costs round trips only.</summary>
    public const int MaxTables = 1024;

    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<TableName, (TableStatus Status, long Asked)> _found = [];

    /// <summary>Asks the table's grain, unless it answered a moment ago.</summary>
    /// <returns>The table's status, or why it can't be used.</returns>
    public async Task<Result<TableStatus>> FindAsync(TableName table, CancellationToken cancellationToken)
    {
        if (Cached(table) is { } cached) return cached;
        var asked = time.GetTimestamp();
        var described = await grains.Table(table).DescribeAsync(cancellationToken);
        if (described.TryGet(out var status, out _)) Cache(status, asked);
        return described;
    }

    /// <summary>
    /// Reads a part of a request that depends on the table, such as attributes. If it is not valid, it is read once more by the table's
    /// present schema: another process may have changed it within the second.
    /// </summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="table">The table.</param>
    /// <param name="read">Reads the part; may be called twice.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Result<(TableStatus Table, T Value)>> ReadAsync<T>(
        TableName table, Func<TableStatus, Result<T>> read, CancellationToken cancellationToken)
    {
        if (!(await FindAsync(table, cancellationToken)).TryGet(out var status, out var failure)) return failure;
        var part = read(status);
        if (part.Failure is not null && isCacheEnabled)
        {
            Invalidate(table);
            if (!(await FindAsync(table, cancellationToken)).TryGet(out status, out failure)) return failure;
            part = read(status);
        }

        return part.Failure is null ? (status, part.Value!) : part.Failure;
    }

    /// <summary>
    /// Runs a call that embeds by a table's model, and once more if the table got another model since its look-up: then the picture is
    /// embedded by that.
    /// </summary>
    /// <typeparam name="T">The result of the call.</typeparam>
    /// <param name="table">The table.</param>
    /// <param name="call">Finds the table and embeds; may be called twice.</param>
    public async Task<Result<T>> WithModelAsync<T>(TableName table, Func<Task<Result<T>>> call)
    {
        var result = await call();
        if (result.Failure?.Code != FailureCode.ModelMismatch) return result;
        Invalidate(table);
        return await call();
    }

    /// <summary>Called after this process has created or dropped the table.</summary>
    public void Invalidate(TableName table)
    {
        lock (_gate) _found.Remove(table);
    }

    private TableStatus? Cached(TableName table)
    {
        if (!isCacheEnabled) return null;
        lock (_gate) return _found.TryGetValue(table, out var found) && time.GetElapsedTime(found.Asked) < Lifetime ? found.Status : null;
    }

    private void Cache(TableStatus status, long asked)
    {
        if (!isCacheEnabled) return;
        lock (_gate)
        {
            if (_found.Count >= MaxTables && !_found.ContainsKey(status.Name)) _found.Clear();
            _found[status.Name] = (status, asked);
        }
    }
}
