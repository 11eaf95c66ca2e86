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

    private Task StopAsync() => _stop?.CancelAsync() ?? Task.CompletedTask;

    // Owned by _running, which deactivation awaits. Returns when the import has ended, here or in another process.
    private async Task RunAsync(ImportRecord import)
    {
        Activity.Current = null; // Not part of the trace of the call that started it, which would last for hours.
        using var stop = new CancellationTokenSource();
        _stop = stop;
        var work = new ImportWork(import.Table.Name, import.Table.Number, import.Views);
        _progressLogged = time.GetTimestamp();
        logger.ImportStarted(Id, work.Table);
        try
        {
            while (!await RunBatchAsync(work, stop.Token))
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
    private async Task<ModelIdentity?> FindModelAsync(TableName table, CancellationToken cancellationToken)
    {
        var described = await grains.GetGrain<ITableGrain>(table.Value).DescribeAsync(cancellationToken);
        if (described.TryGet(out var status, out var failure)) return status.Model;
        return failure.Code == FailureCode.TableNotFound ? null : throw new CatalogException(failure.Code, failure.Message);
    }

    // True: the import has ended.
    private async Task<bool> RunBatchAsync(ImportWork work, CancellationToken cancellationToken)
    {
        try
        {
            work = work with { Model = await FindModelAsync(work.Table, cancellationToken) };
            var open = await imports.ReadOpenPiecesAsync(Id, PiecesPerBatch, cancellationToken);
            if (open.Count == 0) return await EndAsync(ImportState.Finished, null, cancellationToken); // Or another process has ended it.
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

    private async Task<bool> EndAsync(ImportState state, string? fault, CancellationToken cancellationToken)
    {
        if (await imports.MoveImportAsync(Id, ImportState.Running, state, fault, cancellationToken)
            && await imports.FindImportAsync(Id, cancellationToken) is { } ended)
        {
            logger.ImportEnded(Id, state, ended.Stored, ended.Items, ended.Failed, fault ?? "-");
        }

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
