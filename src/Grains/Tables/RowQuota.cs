using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tables;

/// <summary>
/// Holds a table to <see cref="TableSettings.MaxRows"/>. The rows are counted while no write is in progress, and adjusted by each write
/// after that: so the writes of one process never exceed the quota. Those of other processes are known after <see cref="MaxAge"/>, when the
/// rows are counted again; several processes together may exceed the quota by the rows that they write in this time.
/// </summary>
internal sealed class RowQuota(IItemCatalog items, TimeProvider time)
{
    /// <summary>How long a count is used.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    // Writes are shared. A count is exclusive, and so is a write near the bound, which must know what is there.
    private readonly TableGate _gate = new();
    private TableGeneration? _table;
    private long _counted;
    private long _rows;
    private long _reserved;

    /// <summary>Enters a write, and reserves the rows that it may add. The grant must be disposed.</summary>
    /// <param name="table">The table.</param>
    /// <param name="replaced">For each row the item that it replaces if there is one; null if a row is always added.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<QuotaGrant> EnterAsync(TableRecord table, IReadOnlyList<ItemReference?> replaced, CancellationToken cancellationToken)
    {
        var place = await _gate.EnterSharedAsync(cancellationToken);
        if (table.Settings.MaxRows is not { } max || (IsCounted(table.Generation) && _rows + _reserved + replaced.Count <= max))
            return Grant(table, place, replaced.Count, null);
        place.Dispose();

        place = await _gate.EnterExclusiveAsync(cancellationToken);
        try
        {
            if (!IsCounted(table.Generation)) await CountAsync(table.Generation, cancellationToken);
            if (_rows + replaced.Count <= max) return Grant(table, place, replaced.Count, null);
            var (reserved, refused) = await SelectAsync(table, max, replaced, cancellationToken);
            return Grant(table, place, reserved, refused);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>Enters a deletion of rows. The grant must be disposed.</summary>
    public async Task<QuotaGrant> EnterAsync(TableRecord table, CancellationToken cancellationToken) =>
        Grant(table, await _gate.EnterSharedAsync(cancellationToken), 0, null);

    private QuotaGrant Grant(TableRecord table, TableGate.Releaser place, int reserved, Failure?[]? refused)
    {
        _reserved += reserved;
        return new QuotaGrant(refused, added =>
        {
            _reserved -= reserved;
            if (added is { } rows) _rows += rows;
            // Nobody knows whether the write was made.
            else if (_table == table.Generation) _table = null;
            place.Dispose();
        });
    }

    // Near the bound each item is looked up: an item that replaces another takes no room. No other write of this process runs.
    private async Task<(int Reserved, Failure?[] Refused)> SelectAsync(
        TableRecord table, long max, IReadOnlyList<ItemReference?> replaced, CancellationToken cancellationToken)
    {
        var refused = new Failure?[replaced.Count];
        var known = new HashSet<ItemReference>();
        var reserved = 0;
        for (var i = 0; i < replaced.Count; i++)
        {
            if (replaced[i] is { } item && (known.Contains(item) || await ExistsAsync(table, item, cancellationToken))) continue;
            if (_rows + reserved >= max)
            {
                refused[i] = Reached(table, _rows + reserved, max);
                continue;
            }

            reserved++;
            if (replaced[i] is { } added) known.Add(added);
        }

        return (reserved, refused);
    }

    private static Failure Reached(TableRecord table, long rows, long max) => new(
        FailureCode.QuotaReached, $"table {table.Generation.Name} has {rows} rows, and its max_rows is {max}; delete items or raise max_rows")
    {
        Field = "max_rows",
        Value = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rows}"),
        Bound = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at most {max} rows"),
    };

    private async Task<bool> ExistsAsync(TableRecord table, ItemReference item, CancellationToken cancellationToken) =>
        (await items.FindItemAsync(table.Generation, item, null, cancellationToken)).OrThrow() is not null;

    private bool IsCounted(TableGeneration table) => _table == table && time.GetElapsedTime(_counted) < MaxAge;

    private async Task CountAsync(TableGeneration table, CancellationToken cancellationToken)
    {
        _rows = (await items.CountRowsAsync(table, cancellationToken)).OrThrow();
        (_table, _counted) = (table, time.GetTimestamp());
    }
}
