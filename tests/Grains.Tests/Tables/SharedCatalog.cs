using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>A catalog with a log of changes, in which a test notes what it did to the catalog as another process.</summary>
public sealed class SharedCatalog(ICatalog catalog) : CountingCatalog(catalog), ITableChanges
{
    private readonly ICatalog _catalog = catalog;
    private readonly Dictionary<TableGeneration, List<TableChanges>> _log = [];

    /// <summary>True: no change is kept for long enough to be read.</summary>
    public bool ForgetsChanges { get; set; }

    public void Note(TableGeneration table, IReadOnlyList<RowVectors> put, IReadOnlyList<RowVersion> removed)
    {
        if (!_log.TryGetValue(table, out var changes)) _log.Add(table, changes = []);
        changes.Add(new TableChanges(changes.Count + 1, put, removed, []));
    }

    public async Task<IReadOnlyDictionary<TableGeneration, long>> ReadLastChangesAsync(CancellationToken cancellationToken) =>
        (await _catalog.ListTablesAsync(cancellationToken))
            .ToDictionary(table => table.Generation, table => (long)(_log.GetValueOrDefault(table.Generation)?.Count ?? 0));

    public Task<TableChanges?> ReadChangesAsync(TableRecord table, long after, CancellationToken cancellationToken) =>
        Task.FromResult(ForgetsChanges ? null : _log[table.Generation][(int)after]);
}
