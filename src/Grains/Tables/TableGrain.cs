using ImageSearch.Grains.Duplicates;
using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Reembedding;
using ImageSearch.Grains.Search;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Reembedding;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Tables;

/// <summary>
/// One table. Create, drop and load hold its gate exclusively; the other calls run concurrently. A write goes to the catalog first, which
/// makes it durable, then to the vector store. Each call on rows names the generation: if a second activation or another process has
/// dropped the table, the call fails and is retried on the next table of the same name, instead of changing its rows by accident.
/// </summary>
[Reentrant, GrainType("dataset")]
public sealed partial class TableGrain(
    ICatalog catalog, IItemCatalog items, IVectorStore vectors, ChangeFeed feed, TableLoads loads, CallMetrics metrics, TableScans scans,
    TableOptions options, TimeProvider time, ILogger<TableGrain> logger, IPictureCatalog pictures,
    DuplicateSlots duplicateSlots, IReembedStore reembeds, Reembedder reembedder)
    : Grain, ITableGrain
{
    private readonly TableGate _gate = new();
    private readonly TableIndexer _indexer = new(catalog, vectors, loads, logger);
    private TableHandle? _table;
    private TableSearcher? _searcher;
    private ItemSearcher? _itemSearcher;
    private long _refreshed;
    private RowQuota? _quota;
    private DuplicateSearches? _duplicates;
    private DuplicateGuard? _guard;
    private TableName _name;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _table = new TableHandle(catalog, items, vectors, feed, _indexer, loads);
        _searcher = new TableSearcher(catalog, vectors, _indexer);
        _itemSearcher = new ItemSearcher(catalog, items, vectors, _indexer, metrics, scans);
        _quota = new RowQuota(items, time);
        _guard = new DuplicateGuard(catalog, items, vectors);
        _duplicates = new DuplicateSearches(catalog, vectors, duplicateSlots, time, logger);
        return TableName.Parse(this.GetPrimaryKeyString()).TryGet(out _name, out var failure)
            ? Task.CompletedTask
            : Task.FromException(new ArgumentException(failure.Message));
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _isDeactivating = true;
        await StopReembeddingAsync();
        _table?.Release(isMigrating: reason.ReasonCode == DeactivationReasonCode.Migrating);
        if (_duplicates is not null) await _duplicates.EndAsync();
    }

    /// <inheritdoc/>
    public Task<Result<TableStatus>> CreateAsync(ModelIdentity? model, CancellationToken cancellationToken) =>
        ExclusiveAsync<TableStatus>(
            "create",
            async () =>
            {
                var record = await catalog.CreateTableAsync(_name, model ?? options.Model, options.Metric, cancellationToken);
                return StatusOf(record);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<TableStatus>> DescribeAsync(CancellationToken cancellationToken) =>
        SharedAsync<TableStatus>("describe", async table => StatusOf(await _table!.RefreshAsync(table, cancellationToken)), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Done>> DropAsync(CancellationToken cancellationToken) =>
        ExclusiveAsync<Done>(
            "drop",
            async () =>
            {
                if (await catalog.FindTableAsync(_name, cancellationToken) is not { } record) return TableNotFound();
                var dropped = await catalog.DropTableAsync(record.Generation, cancellationToken);
                await EndReembeddingAsync(record.Generation);
                await _duplicates!.EndAsync();
                await _table!.CloseAsync(record.Generation);
                return dropped ? Done.Ok : TableNotFound();
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<LoadReport>> LoadAsync(CancellationToken cancellationToken) =>
        ExclusiveAsync<LoadReport>(
            "load",
            () => OnTableAsync<LoadReport>(
                async table => vectors.IsFilledFromCatalog
                    ? await _indexer.IndexWaitingAsync(table, cancellationToken)
                    : await _indexer.ReconcileAsync(table, cancellationToken),
                cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<long>> CountAsync(CancellationToken cancellationToken) =>
        SharedAsync("count", table => catalog.CountSearchableAsync(table.Generation, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<PictureHits>> SearchAsync(PictureQuery query, CancellationToken cancellationToken) =>
        SharedAsync(
            "search",
            async table => CheckModel(table, query.Vectors) is { } mismatch
                ? mismatch
                : await _searcher!.SearchAsync(table, query, cancellationToken),
            cancellationToken);

    internal static TableStatus StatusOf(TableRecord record) =>
        new(record.Generation.Name, record.Generation.Number, record.Model, record.Metric)
        {
            Settings = record.Settings,
            Revision = record.Revision,
            Created = record.Created,
        };

    // A write needs the settings only for max_rows, which another process may have changed.
    private async ValueTask<TableRecord> RefreshSometimesAsync(TableRecord table, CancellationToken cancellationToken)
    {
        if (catalog is not ITableChanges || time.GetElapsedTime(_refreshed) < RowQuota.MaxAge) return table;
        var began = time.GetTimestamp();
        table = await _table!.RefreshAsync(table, cancellationToken);
        _refreshed = began;
        return table;
    }

    // Clients can name tables that do not exist: deactivate, so that such names use no memory.
    private Failure TableNotFound()
    {
        DeactivateOnIdle();
        return TableNotFound(_name);
    }

    internal static Failure TableNotFound(TableName name) => new(FailureCode.TableNotFound, $"table {name} does not exist, create it first")
    {
        Field = "table",
        Value = name.Value,
        Bound = "the name of a table",
    };

    // Calls embed with the table's model, so this happens only if another process has created the table again with another model.
    private Failure? CheckModel(TableRecord table, PictureVectors picture) =>
        table.Model == picture.Model
            ? null
            : new Failure(
                FailureCode.ModelMismatch,
                $"table {_name} holds vectors of the model {table.Model}, but the picture's vector is of {picture.Model}; send the picture again");
}
