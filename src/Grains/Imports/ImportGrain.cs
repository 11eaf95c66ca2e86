using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Imports;

/// <summary>
/// One import. While its pieces are brought in, the grain hands them out, a few at a time; when its silo dies, the
/// <see cref="ImportResumer"/> of another calls the grain there, and it goes on with the pieces that the catalog says are open.
/// </summary>
[Reentrant]
public sealed partial class ImportGrain(
    IImportStore imports, IGrainFactory grains, ImportOptions options, TimeProvider time, ILogger<ImportGrain> logger) : Grain, IImportGrain
{
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private CancellationTokenSource? _cancelling;
    private Task _running = Task.CompletedTask;
    private bool _leaving;

    private string Id => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _leaving = true;
        await StopAsync();
        await _running;
    }

    /// <inheritdoc/>
    public Task<Result<ImportStatus>> BeginAsync(TableName table, PictureViews views, CancellationToken cancellationToken) =>
        AnsweredAsync<ImportStatus>(
            async () =>
            {
                var described = await grains.GetGrain<ITableGrain>(table.Value).DescribeAsync(cancellationToken);
                if (!described.TryGet(out var status, out var failure)) return failure;
                await imports.BeginImportAsync(Id, new TableGeneration(table, status.Generation), views, cancellationToken);
                return await StatusAsync(cancellationToken);
            });

    /// <inheritdoc/>
    public Task<Result<Done>> AppendAsync(ImportItems items, CancellationToken cancellationToken) =>
        AnsweredAsync<Done>(
            async () =>
            {
                var piece = new ImportPiece(items.Number, items.Items.Count, 0, ImportText.Write(items.Items));
                return await imports.AddPieceAsync(Id, piece, cancellationToken)
                    ? Done.Ok
                    : new Failure(FailureCode.ImportNotFound, "the import takes no more pictures: send the list again as a new import");
            });

    /// <inheritdoc/>
    public Task<Result<ImportStatus>> StartAsync(CancellationToken cancellationToken) =>
        AnsweredAsync<ImportStatus>(
            async () =>
            {
                var found = await imports.FindImportAsync(Id, cancellationToken);
                if (found is { Import.State: ImportState.Receiving })
                {
                    await imports.MoveImportAsync(Id, ImportState.Receiving, ImportState.Running, null, cancellationToken);
                    found = await imports.FindImportAsync(Id, cancellationToken);
                }

                if (found is not { Import.State: ImportState.Running } || _leaving
                    || !await imports.ClaimImportAsync(Id, _owner, options.Claim, cancellationToken))
                    await StopAsync();
                else if (_running.IsCompleted)
                    _running = RunAsync(found.Import);
                return StatusOf(found);
            });

    /// <inheritdoc/>
    public Task<Result<ImportStatus>> DescribeAsync(CancellationToken cancellationToken) => AnsweredAsync(() => StatusAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<ImportFailure>>> ListFailuresAsync(int count, CancellationToken cancellationToken) =>
        AnsweredAsync<IReadOnlyList<ImportFailure>>(
            async () =>
            {
                if (!(await StatusAsync(cancellationToken)).TryGet(out _, out var failure)) return failure;
                var lines = await imports.ReadFailuresAsync(Id, count, cancellationToken);
                return Result.Success<IReadOnlyList<ImportFailure>>([.. lines.Select(ImportText.ReadFailure)]);
            });

    /// <inheritdoc/>
    public Task<Result<ImportStatus>> CancelAsync(CancellationToken cancellationToken) =>
        AnsweredAsync(
            async () =>
            {
                foreach (var state in (ImportState[])[ImportState.Receiving, ImportState.Running])
                    await imports.MoveImportAsync(Id, state, ImportState.Cancelled, null, cancellationToken);
                await StopAsync();
                return await StatusAsync(cancellationToken);
            });

    internal static ImportStatus Status(ImportProgress progress)
    {
        var import = progress.Import;
        return new ImportStatus(
            import.Id, import.Table.Name, import.State, progress.Items, progress.Stored, progress.Failed, import.Fault, import.CreateDate,
            import.EndDate);
    }

    internal static async Task<Result<T>> AnsweredAsync<T>(Func<Task<Result<T>>> call)
    {
        try
        {
            return await call();
        }
        catch (CatalogException e)
        {
            return new Failure(e.Code, e.Message);
        }
    }

    private static Failure NotFound { get; } = new(FailureCode.ImportNotFound, "there is no import with this id; an ended one is kept for a week");

    private async Task<Result<ImportStatus>> StatusAsync(CancellationToken cancellationToken) =>
        StatusOf(await imports.FindImportAsync(Id, cancellationToken));

    private Result<ImportStatus> StatusOf(ImportProgress? found)
    {
        // Asking for ids that nobody knows, or for ended imports, leaves nothing in memory.
        if (_running.IsCompleted && found is not { Import.State: ImportState.Receiving }) DeactivateOnIdle();
        return found is null ? NotFound : Status(found);
    }
}
