using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tables;

/// <summary>
/// Holds a table to <see cref="TableSettings.MaxRows"/>. The number of rows is counted every few seconds and adjusted by the writes of this
/// process in between, so writes of several processes at once may exceed the quota by those of some seconds.
/// </summary>
internal sealed class RowQuota(IItemCatalog items, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private TableGeneration? _table;
    private long _counted;
    private long _rows;
    private long _reserved;

    /// <summary>Reserves rows for a write. <see cref="Settle"/> must follow.</summary>
    /// <param name="table">The table.</param>
    /// <param name="keys">For each row the key of an item that it replaces if there is one; null if a row is always added.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    public ValueTask<QuotaGrant> ReserveAsync(TableRecord table, IReadOnlyList<string?> keys, CancellationToken cancellationToken) =>
        table.Settings.MaxRows is { } max ? ReserveAsync(table, max, keys, cancellationToken) : default;

    /// <summary>Counts the rows that a write has added.</summary>
    public void Settle(TableRecord table, QuotaGrant grant, int added)
    {
        if (_table != table.Generation) return;
        _reserved -= grant.Reserved;
        _rows += added;
    }

    /// <summary>Counts rows that were deleted.</summary>
    public void Removed(TableRecord table, int rows)
    {
        if (_table == table.Generation) _rows -= rows;
    }

    private async ValueTask<QuotaGrant> ReserveAsync(
        TableRecord table, long max, IReadOnlyList<string?> keys, CancellationToken cancellationToken)
    {
        await CountAsync(table, cancellationToken);
        if (_rows + _reserved + keys.Count <= max)
        {
            _reserved += keys.Count;
            return new QuotaGrant(keys.Count, null);
        }

        return await ReserveSomeAsync(table, max, keys, cancellationToken);
    }

    // Near the bound each key is looked up: an item that replaces another takes no room.
    private async Task<QuotaGrant> ReserveSomeAsync(
        TableRecord table, long max, IReadOnlyList<string?> keys, CancellationToken cancellationToken)
    {
        var refused = new Failure?[keys.Count];
        var known = new HashSet<string>(StringComparer.Ordinal);
        var reserved = 0;
        for (var i = 0; i < keys.Count; i++)
        {
            var key = keys[i];
            try
            {
                if (key is not null && (known.Contains(key) || await ExistsAsync(table, key, cancellationToken))) continue;
            }
            catch
            {
                _reserved -= reserved;
                throw;
            }

            if (_rows + _reserved >= max)
            {
                refused[i] = new Failure(
                    FailureCode.QuotaReached,
                    $"table {table.Generation.Name} has {_rows + _reserved} rows, and its max_rows is {max}; delete items or raise max_rows");
                continue;
            }

            _reserved++;
            reserved++;
            if (key is not null) known.Add(key);
        }

        return new QuotaGrant(reserved, refused);
    }

    private async Task<bool> ExistsAsync(TableRecord table, string key, CancellationToken cancellationToken) =>
        (await items.FindItemAsync(table.Generation, new ItemReference(key, 0), null, cancellationToken)).OrThrow() is not null;

    private async Task CountAsync(TableRecord table, CancellationToken cancellationToken)
    {
        if (_table == table.Generation && time.GetElapsedTime(_counted) < MaxAge) return;
        var rows = (await items.CountRowsAsync(table.Generation, cancellationToken)).OrThrow();
        if (_table != table.Generation) _reserved = 0;
        (_table, _rows, _counted) = (table.Generation, rows, time.GetTimestamp());
    }
}

/// <summary>What a quota allows of a write.</summary>
/// <param name="Reserved">Rows that are reserved.</param>
/// <param name="Refused">For each row why it is refused, or null; null if none is.</param>
internal readonly record struct QuotaGrant(int Reserved, IReadOnlyList<Failure?>? Refused)
{
    /// <summary>Why the row at a position is refused; null if it is not.</summary>
    public Failure? At(int position) => Refused?[position];
}
