using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>A remote store that may be unreachable, may lose a table, and reports when a table may have diverged.</summary>
public sealed class FaultyRemoteStore() : FaultyVectorStore(isFilledFromCatalog: false), IRemoteVectorStore
{
    private readonly Dictionary<TableGeneration, (long Doubts, long Settled)> _tables = [];

    /// <summary>The number of sweeps so far.</summary>
    public int Sweeps { get; private set; }

    public Task CheckAsync(CancellationToken cancellationToken) =>
        IsDown ? Task.FromException(new VectorStoreException("the test has stopped the vector store")) : Task.CompletedTask;

    public long Doubts(TableGeneration table) => _tables.GetValueOrDefault(table, (1, 0)).Doubts;

    public bool IsSettled(TableGeneration table)
    {
        var (doubts, settled) = _tables.GetValueOrDefault(table, (1, 0));
        return doubts == settled;
    }

    public void Settled(TableGeneration table, long doubts) => _tables[table] = (Doubts(table), doubts);

    public Task SweepAsync(CancellationToken cancellationToken)
    {
        Sweeps++;
        return Task.CompletedTask;
    }

    /// <summary>Loses the table's vectors, as when the server is emptied.</summary>
    public async Task LoseAsync(TableRecord table)
    {
        await DropAsync(table.Generation, default);
        await OpenAsync(table, default);
        _tables[table.Generation] = (Doubts(table.Generation) + 1, _tables.GetValueOrDefault(table.Generation).Settled);
    }
}
