using ImageSearch.Grains.Indexing;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Tables;

/// <summary>
/// One table. Create, drop and load hold its gate alone; all else goes through side by side. The catalog is asked first and answers for
/// durability; the vector store follows. Every call on rows names the generation, so that a second activation, or another process, that
/// dropped the table meanwhile makes this one start anew instead of touching the next table of the same name.
/// </summary>
[Reentrant, GrainType("dataset")]
public sealed partial class TableGrain(
    ICatalog catalog, IVectorStore vectors, ChangeFeed follower, TableLoads loads, CallMetrics metrics, TableOptions options,
    ILogger<TableGrain> logger)
    : Grain, ITableGrain
{
    private readonly TableGate _gate = new();
    private readonly TableIndexer _filling = new(catalog, vectors, loads, logger);
    private OpenTable? _table;
    private TableName _name;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _table = new OpenTable(catalog, vectors, follower, _filling, loads);
        return TableName.Parse(this.GetPrimaryKeyString()).TryGet(out _name, out var failure)
            ? Task.CompletedTask
            : Task.FromException(new ArgumentException(failure.Message));
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _table?.Leave(moves: reason.ReasonCode == DeactivationReasonCode.Migrating);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Result<TableStatus>> CreateAsync(CancellationToken cancellationToken) =>
        ExclusivelyAsync<TableStatus>(
            "create",
            async () =>
            {
                var record = await catalog.CreateTableAsync(_name, options.Model, options.Metric, cancellationToken);
                return StatusOf(record);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<TableStatus>> DescribeAsync(CancellationToken cancellationToken) =>
        SharedAsync<TableStatus>("describe", table => Task.FromResult<Result<TableStatus>>(StatusOf(table)), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Done>> DropAsync(CancellationToken cancellationToken) =>
        ExclusivelyAsync<Done>(
            "drop",
            async () =>
            {
                if (await catalog.FindTableAsync(_name, cancellationToken) is not { } record) return TableNotFound();
                var dropped = await catalog.DropTableAsync(record.Generation, cancellationToken);
                await _table!.CloseAsync(record.Generation);
                return dropped ? Done.Ok : TableNotFound();
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<LoadReport>> LoadAsync(CancellationToken cancellationToken) =>
        ExclusivelyAsync<LoadReport>(
            "load",
            () => OnTableAsync<LoadReport>(
                async table =>
                {
                    if (WrongModel(table) is { } wrong) return wrong;
                    return vectors.IsFilledFromCatalog
                        ? await _filling.IndexWaitingAsync(table, cancellationToken)
                        : await _filling.MendAsync(table, cancellationToken);
                },
                cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<long>> CountAsync(CancellationToken cancellationToken) =>
        SharedAsync("count", table => catalog.CountSearchableAsync(table.Generation, cancellationToken), cancellationToken);

    private static TableStatus StatusOf(TableRecord record) =>
        new(record.Generation.Name, record.Generation.Number, record.Model, record.Metric);

    // Anybody may name tables that are not there: after such a call this activation ends, so that names take no memory.
    private Failure TableNotFound()
    {
        DeactivateOnIdle();
        return new Failure(FailureCode.TableNotFound, $"table {_name} does not exist, create it first");
    }

    private Failure? WrongModel(TableRecord table, PictureVectors? picture = null)
    {
        var running = picture?.Model ?? options.Model;
        return table.Model == running
            ? null
            : new Failure(
                FailureCode.ModelMismatch,
                $"table {_name} holds vectors of the model {table.Model}, but the service runs {running}; "
                + "start it with MODEL_PATH set to the table's model, or add the pictures to a new table");
    }
}
