using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>A remote store that may be unreachable, may lose a table, and reports when a table may have diverged.</summary>
public sealed class FaultyRemoteStore() : FaultyVectorStore(isFilledFromCatalog: false), IRemoteVectorStore
{
    private readonly Dictionary<TableGeneration, (long Epoch, long Reconciled)> _tables = [];

    /// <summary>The number of sweeps so far.</summary>
    public int Sweeps { get; private set; }

    public Task CheckAsync(CancellationToken cancellationToken) =>
        IsDown ? Task.FromException(new VectorStoreException("the test has stopped the vector store")) : Task.CompletedTask;

    public long Epoch(TableGeneration table) => _tables.GetValueOrDefault(table, (1, 0)).Epoch;

    public bool IsReconciled(TableGeneration table)
    {
        var (epoch, reconciled) = _tables.GetValueOrDefault(table, (1, 0));
        return epoch == reconciled;
    }

    public void MarkReconciled(TableGeneration table, long epoch) => _tables[table] = (Epoch(table), epoch);

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
        _tables[table.Generation] = (Epoch(table.Generation) + 1, _tables.GetValueOrDefault(table.Generation).Reconciled);
    }
}
