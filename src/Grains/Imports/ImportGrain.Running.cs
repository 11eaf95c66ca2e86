using System.Diagnostics;
using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;

namespace ImageSearch.Grains.Imports;

/// <content>Runs the import's open pieces, a few at a time, until none is left.</content>
public sealed partial class ImportGrain
{
    // Small enough to notice soon that another process has ended the import.
    private const int PiecesPerBatch = 64;
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(10);
    private long _progressLogged;
    private bool? _isImmediate;

    private Task StopAsync() => _stop?.CancelAsync() ?? Task.CompletedTask;

    // Pieces are run while others arrive, without a claim: only this grain knows the import until its list is complete. If the silo dies,
    // the next piece goes on at another one; if the client dies, its list ends there.
    private async Task RunWhileReceivingAsync(CancellationToken cancellationToken)
    {
        if (_isImmediate == false || !_running.IsCompleted || _isDeactivating) return;
        var found = await imports.FindImportAsync(Id, cancellationToken);
        _isImmediate = found?.Import.Choices.IsImmediate ?? false;
        if (_isImmediate == true && _running.IsCompleted && !_isDeactivating) _running = RunAsync(found!.Import);
    }

    // Owned by _running, which deactivation awaits. Returns when the import has ended, here or in another process.
    private async Task RunAsync(ImportRecord import)
    {
        Activity.Current = null; // Not part of the trace of the call that started it, which would last for hours.
        using var stop = new CancellationTokenSource();
        _stop = stop;
        var work = new ImportWork(import.Table.Name, import.Table.Number, import.Views)
        {
            IsDryRun = import.Choices.IsDryRun,
            Began = import.CreateDate,
            Owner = import.Choices.Owner,
        };
        _progressLogged = time.GetTimestamp();
        logger.ImportStarted(Id, work.Table);
        try
        {
            while (!await RunBatchAsync(work, import.Choices, stop.Token))
            {
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            _stop = null;
        }

        await ReleaseClaimAsync();
        DeactivateOnIdle();
    }

    // Release the claim so that another process can resume immediately.
    private async Task ReleaseClaimAsync()
    {
        try
        {
            await imports.ClaimImportAsync(Id, _owner, TimeSpan.Zero, CancellationToken.None);
        }
        catch (CatalogException e)
        {
            logger.ImportDelayed(Id, e.Message);
        }
    }

    // Null if the table does not exist: the first add says so.
    private async Task<TableStatus?> FindTableAsync(TableName table, CancellationToken cancellationToken)
    {
        var described = await grains.GetGrain<ITableGrain>(table.Value).DescribeAsync(cancellationToken);
        if (described.TryGet(out var status, out var failure)) return status;
        return failure.Code == FailureCode.TableNotFound ? null : throw new CatalogException(failure);
    }

    // True: the import has ended.
    private async Task<bool> RunBatchAsync(ImportWork work, ImportChoices choices, CancellationToken cancellationToken)
    {
        try
        {
            var table = await FindTableAsync(work.Table, cancellationToken);
            if (table is not null && table.Generation != work.Generation)
                return await EndAsync(ImportState.Failed, $"table {work.Table} was dropped and created again", cancellationToken);
            var settings = table?.Settings ?? TableSettings.Default;
            work = work with
            {
                Model = table?.Model,
                OnExistingKey = choices.OnExistingKey ?? settings.OnExistingKey,
                Duplicates = DuplicatesOf(choices, settings),
                Keeps = choices.IsDryRun ? KeepPictures.None : settings.Keeps(tables.KeepPictures),
            };
            var open = await imports.ReadOpenPiecesAsync(Id, PiecesPerBatch, cancellationToken);
            if (open.Count == 0) return await EndOrWaitAsync(choices, cancellationToken);
            string? fault = null;
            await Parallel.ForEachAsync(
                open,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = options.MaxPieces,
                    TaskScheduler = TaskScheduler.Current, // Stay on the grain's scheduler.
                    CancellationToken = cancellationToken,
                },
                async (number, _) =>
                {
                    if (fault is null) fault = await AdvanceAsync(number, work, cancellationToken);
                });
            return fault is not null && await EndAsync(ImportState.Failed, fault, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Catch everything: the import continues after any transient error.
            logger.ImportDelayed(Id, e.Message);
            await Task.Delay(options.RetryDelay, time, cancellationToken);
            return false;
        }
    }

    // Null for an import that compares nothing, whose pictures take the shorter way.
    private static DuplicateCheck? DuplicatesOf(ImportChoices choices, TableSettings table)
    {
        var (rule, minScore) = DuplicateCheck.Of(choices.Duplicates, table.Duplicates);
        return choices.Duplicates is null && rule == DuplicateRule.Allow ? null : new DuplicateCheck(rule, minScore);
    }

    // Returns why the import can't continue at all; null if it can. Transient failures are retried later.
    private async Task<string?> AdvanceAsync(int number, ImportWork work, CancellationToken cancellationToken)
    {
        try
        {
            var piece = grains.GetGrain<IImportPieceGrain>(string.Create(CultureInfo.InvariantCulture, $"{Id}/{number}"));
            var advanced = await piece.AdvanceAsync(work, cancellationToken);
            await LogProgressAsync(cancellationToken);
            if (advanced.Failure is not { } failure) return null;
            if (failure.Code is FailureCode.TableNotFound or FailureCode.TableDropped or FailureCode.ModelMismatch) return failure.Message;
            logger.ImportDelayed(Id, failure.Message);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The piece's silo died, shuts down or does not answer; another silo runs the piece next time.
            logger.ImportDelayed(Id, e.Message);
        }

        await Task.Delay(options.RetryDelay, time, cancellationToken);
        return null;
    }

    // No piece was open. Or another process has ended the import.
    private async Task<bool> EndOrWaitAsync(ImportChoices choices, CancellationToken cancellationToken)
    {
        if (choices.IsImmediate)
        {
            if (await imports.FindImportAsync(Id, cancellationToken) is { Import.State: ImportState.Receiving })
            {
                await Task.Delay(options.RetryDelay, time, cancellationToken);
                return false;
            }

            // The last pieces may have arrived, and the list become complete, since no piece was open.
            if ((await imports.ReadOpenPiecesAsync(Id, 1, cancellationToken)).Count > 0) return false;
        }

        return await EndAsync(ImportState.Finished, null, cancellationToken);
    }

    private async Task<bool> EndAsync(ImportState state, string? fault, CancellationToken cancellationToken)
    {
        var hasMoved = await imports.MoveImportAsync(Id, ImportState.Running, state, fault, cancellationToken)
            || (fault is not null && await imports.MoveImportAsync(Id, ImportState.Receiving, state, fault, cancellationToken));
        if (hasMoved && await imports.FindImportAsync(Id, cancellationToken) is { } ended)
            logger.ImportEnded(Id, state, ended.Stored, ended.Items, ended.Failed, fault ?? "-");

        return true;
    }

    private async Task LogProgressAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_progressLogged) < ProgressInterval) return;
        _progressLogged = time.GetTimestamp();
        if (await imports.FindImportAsync(Id, cancellationToken) is { } progress)
            logger.ImportProgress(Id, progress.Stored, progress.Items, progress.Failed);
    }
}
