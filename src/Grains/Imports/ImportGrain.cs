using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Imports;

/// <summary>
/// One import. The grain runs its pieces, a few at a time. When its silo dies, the <see cref="ImportResumer"/> of another silo calls the
/// grain there, and it continues with the pieces that are open in the catalog.
/// </summary>
[Reentrant]
public sealed partial class ImportGrain(
    IImportStore imports, IGrainFactory grains, ImportOptions options, TimeProvider time, ILogger<ImportGrain> logger, TableOptions tables)
    : Grain, IImportGrain
{
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;
    private bool _isDeactivating;

    private string Id => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _isDeactivating = true;
        await StopAsync();
        await _running;
    }

    /// <inheritdoc/>
    public Task<Result<ImportStatus>> BeginAsync(TableName table, PictureViews views, CancellationToken cancellationToken) =>
        BeginWithAsync(table, views, ImportChoices.Default, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<ImportStatus>> BeginWithAsync(
        TableName table, PictureViews views, ImportChoices choices, CancellationToken cancellationToken) =>
        BeginAsync(table, views, choices, mustBeNew: false, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<ImportStatus>> BeginNewAsync(
        TableName table, PictureViews views, ImportChoices choices, CancellationToken cancellationToken) =>
        BeginAsync(table, views, choices, mustBeNew: true, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Done>> AppendAsync(ImportItems items, CancellationToken cancellationToken) =>
        AsResultAsync<Done>(
            async () =>
            {
                Hear();
                var pictures = items.Items.Where(item => item.HasBytes).Select(item => new InlinePicture(item.Line, item.Image)).ToList();
                await imports.AddPicturesAsync(Id, pictures, cancellationToken);
                var piece = new ImportPiece(items.Number, items.Items.Count, 0, ImportSerializer.Write(items.Items));
                if (!await imports.AddPieceAsync(Id, piece, cancellationToken))
                    return new Failure(FailureCode.ImportNotFound, "the import takes no more pictures: send the list again as a new import");
                await RunWhileReceivingAsync(cancellationToken);
                return Done.Ok;
            });

    /// <inheritdoc/>
    public Task<Result<Done>> DiscardAsync(CancellationToken cancellationToken) =>
        AsResultAsync<Done>(
            async () =>
            {
                await StopAsync();
                await imports.DiscardImportAsync(Id, cancellationToken);
                DeactivateOnIdle();
                return Done.Ok;
            });

    /// <inheritdoc/>
    public Task<Result<ImportStatus>> StartAsync(CancellationToken cancellationToken) =>
        AsResultAsync<ImportStatus>(
            async () =>
            {
                var found = await imports.FindImportAsync(Id, cancellationToken);
                if (found is { Import.State: ImportState.Receiving })
                {
                    await imports.MoveImportAsync(Id, ImportState.Receiving, ImportState.Running, null, cancellationToken);
                    found = await imports.FindImportAsync(Id, cancellationToken);
                }

                if (found is not { Import.State: ImportState.Running } || _isDeactivating
                    || !await imports.ClaimImportAsync(Id, _owner, options.ClaimDuration, cancellationToken))
                    await StopAsync();
                else if (_running.IsCompleted)
                    _running = RunAsync(found.Import);
                return ToResult(found);
            });

    /// <inheritdoc/>
    public Task<Result<ImportStatus>> DescribeAsync(CancellationToken cancellationToken) => AsResultAsync(() => GetStatusAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<ImportFailure>>> ListFailuresAsync(int count, CancellationToken cancellationToken) =>
        AsResultAsync<IReadOnlyList<ImportFailure>>(
            async () =>
            {
                if (!(await GetStatusAsync(cancellationToken)).TryGet(out _, out var failure)) return failure;
                var lines = await imports.ReadFailuresAsync(Id, count, cancellationToken);
                return Result.Success<IReadOnlyList<ImportFailure>>([.. lines.Select(ImportSerializer.ReadFailure)]);
            });

    /// <inheritdoc/>
    public Task<Result<ImportFailurePage>> ListFailurePageAsync(int after, CancellationToken cancellationToken) =>
        AsResultAsync<ImportFailurePage>(
            async () =>
            {
                if (!(await GetStatusAsync(cancellationToken)).TryGet(out _, out var failure)) return failure;
                var page = await imports.ReadFailuresAfterAsync(Id, after, cancellationToken);
                return new ImportFailurePage([.. page.Lines.Select(ImportSerializer.ReadFailure)], page.Next);
            });

    /// <inheritdoc/>
    public Task<Result<ImportStatus>> CancelAsync(CancellationToken cancellationToken) =>
        AsResultAsync(
            async () =>
            {
                foreach (var state in (ImportState[])[ImportState.Receiving, ImportState.Running])
                    await imports.MoveImportAsync(Id, state, ImportState.Cancelled, null, cancellationToken);
                await StopAsync();
                return await GetStatusAsync(cancellationToken);
            });

    /// <inheritdoc/>
    public Task<Result<ImportStatus>> CancelIncompleteAsync(CancellationToken cancellationToken) =>
        AsResultAsync(
            async () =>
            {
                if (await imports.MoveImportAsync(Id, ImportState.Receiving, ImportState.Cancelled, null, cancellationToken)) await StopAsync();
                return await GetStatusAsync(cancellationToken);
            });

    internal static ImportStatus ToStatus(ImportProgress progress)
    {
        var import = progress.Import;
        return new ImportStatus(
            import.Id, import.Table.Name, import.State, progress.Items, progress.Stored, progress.Failed, import.Fault, import.CreateDate,
            import.EndDate)
        {
            Choices = import.Choices,
            Duplicates = progress.Duplicates,
        };
    }

    internal static async Task<Result<T>> AsResultAsync<T>(Func<Task<Result<T>>> call)
    {
        try
        {
            return await call();
        }
        catch (CatalogException e)
        {
            return e.Failure;
        }
    }

    private Task<Result<ImportStatus>> BeginAsync(
        TableName table, PictureViews views, ImportChoices choices, bool mustBeNew, CancellationToken cancellationToken) =>
        AsResultAsync<ImportStatus>(
            async () =>
            {
                var described = await grains.GetGrain<ITableGrain>(table.Value).DescribeAsync(cancellationToken);
                if (!described.TryGet(out var status, out var failure)) return failure;
                var isNew = await imports.BeginImportAsync(Id, new TableGeneration(table, status.Generation), views, choices, cancellationToken);
                if (mustBeNew && !isNew)
                    return new Failure(FailureCode.Busy, $"the import {Id} is receiving the list of another call: send this one again when that has ended", 5);
                await HearAsync(cancellationToken);
                return await GetStatusAsync(cancellationToken);
            });

    private async Task<Result<ImportStatus>> GetStatusAsync(CancellationToken cancellationToken) =>
        ToResult(await imports.FindImportAsync(Id, cancellationToken));

    private Result<ImportStatus> ToResult(ImportProgress? found)
    {
        // Queries for unknown ids or ended imports leave no activation in memory.
        if (_running.IsCompleted && found is not { Import.State: ImportState.Receiving }) DeactivateOnIdle();
        return found is null ? ImportStatus.NotFound(Id) : ToStatus(found);
    }
}
