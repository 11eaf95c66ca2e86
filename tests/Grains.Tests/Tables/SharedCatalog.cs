using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>A catalog with a log of changes, to which a test appends what it did as another process.</summary>
public sealed class SharedCatalog(ICatalog catalog) : CountingCatalog(catalog), ITableChanges
{
    private readonly ICatalog _catalog = catalog;
    private readonly Dictionary<TableGeneration, List<TableChanges>> _log = [];

    /// <summary>True: changes are removed before they can be read.</summary>
    public bool IsLogTruncated { get; set; }

    public void AppendChange(TableGeneration table, IReadOnlyList<RowVectors> put, IReadOnlyList<RowVersion> removed)
    {
        if (!_log.TryGetValue(table, out var changes)) _log.Add(table, changes = []);
        changes.Add(new TableChanges(changes.Count + 1, put, removed, []));
    }

    public async Task<IReadOnlyDictionary<TableGeneration, long>> ReadLastChangesAsync(CancellationToken cancellationToken) =>
        (await _catalog.ListTablesAsync(cancellationToken))
            .ToDictionary(table => table.Generation, table => (long)(_log.GetValueOrDefault(table.Generation)?.Count ?? 0));

    public Task<TableChanges?> ReadChangesAsync(TableRecord table, long after, CancellationToken cancellationToken) =>
        Task.FromResult(IsLogTruncated ? null : _log[table.Generation][(int)after]);
}
