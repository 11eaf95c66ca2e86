using System.Diagnostics;
using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Imports;

/// <content>How an import is run: piece by piece, a few at a time, until none is open.</content>
public sealed partial class ImportGrain
{
    // Small enough that an import which was ended from another process stops soon.
    private const int PiecesARead = 64;
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(10);
    private long _told;

    private Task StopAsync() => _cancelling?.CancelAsync() ?? Task.CompletedTask;

    // Owned by _running, which deactivation waits for. It ends with the import, or when the import was ended from elsewhere.
    private async Task RunAsync(ImportRecord import)
    {
        Activity.Current = null; // It is no part of the call that began it: it would be a trace of hours.
        using var cancelling = new CancellationTokenSource();
        _cancelling = cancelling;
        var work = new ImportWork(import.Table.Name, import.Table.Number, import.Views);
        _told = time.GetTimestamp();
        LogBegan(Id, work.Table);
        try
        {
            while (!await BringInAsync(work, cancelling.Token))
            {
            }
        }
        catch (OperationCanceledException) when (cancelling.IsCancellationRequested)
        {
        }
        finally
        {
            _cancelling = null;
        }

        await LetGoAsync();
        DeactivateOnIdle();
    }

    // So that another process may go on with it at once.
    private async Task LetGoAsync()
    {
        try
        {
            await imports.ClaimImportAsync(Id, _owner, TimeSpan.Zero, CancellationToken.None);
        }
        catch (CatalogException e)
        {
            LogObstacle(Id, e.Message);
        }
    }

    // True: the import has ended.
    private async Task<bool> BringInAsync(ImportWork work, CancellationToken cancellationToken)
    {
        try
        {
            var open = await imports.ReadOpenPiecesAsync(Id, PiecesARead, cancellationToken);
            if (open.Count == 0) return await EndAsync(ImportState.Finished, null, cancellationToken); // Or it was ended from elsewhere.
            string? fault = null;
            await Parallel.ForEachAsync(
                open,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = options.PiecesAtATime,
                    TaskScheduler = TaskScheduler.Current, // The grain's turns.
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
            // Whatever it is: the import goes on when it has passed.
            LogObstacle(Id, e.Message);
            await Task.Delay(options.Pause, time, cancellationToken);
            return false;
        }
    }

    // Why the import can't go on at all, or null; what can't be done now is done later.
    private async Task<string?> AdvanceAsync(int number, ImportWork work, CancellationToken cancellationToken)
    {
        try
        {
            var piece = grains.GetGrain<IImportPieceGrain>(string.Create(CultureInfo.InvariantCulture, $"{Id}/{number}"));
            var advanced = await piece.AdvanceAsync(work, cancellationToken);
            await TellAsync(cancellationToken);
            if (advanced.Failure is not { } failure) return null;
            if (failure.Code is FailureCode.TableNotFound or FailureCode.TableDropped or FailureCode.ModelMismatch) return failure.Message;
            LogObstacle(Id, failure.Message);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Its silo has died, or leaves, or does not answer; another takes the piece.
            LogObstacle(Id, e.Message);
        }

        await Task.Delay(options.Pause, time, cancellationToken);
        return null;
    }

    private async Task<bool> EndAsync(ImportState state, string? fault, CancellationToken cancellationToken)
    {
        if (await imports.MoveImportAsync(Id, ImportState.Running, state, fault, cancellationToken)
            && await imports.FindImportAsync(Id, cancellationToken) is { } ended)
        {
            LogEnded(Id, state, ended.Stored, ended.Items, ended.Failed, fault ?? "-");
        }

        return true;
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_told) < Told) return;
        _told = time.GetTimestamp();
        if (await imports.FindImportAsync(Id, cancellationToken) is { } progress)
            LogProgress(Id, progress.Stored, progress.Items, progress.Failed);
    }

    [LoggerMessage(EventId = 250, Level = LogLevel.Information, Message = "Import {Import} into table {Table} begins or goes on")]
    private partial void LogBegan(string import, TableName table);

    [LoggerMessage(EventId = 251, Level = LogLevel.Information, Message = "Import {Import}: {Stored} of {Items} pictures stored, {Failed} failed")]
    private partial void LogProgress(string import, long stored, long items, long failed);

    [LoggerMessage(EventId = 252, Level = LogLevel.Information, Message = "Import {Import} ended, {State}: {Stored} of {Items} pictures stored, {Failed} failed; {Fault}")]
    private partial void LogEnded(string import, ImportState state, long stored, long items, long failed, string fault);

    [LoggerMessage(EventId = 253, Level = LogLevel.Warning, Message = "Import {Import} waits: {Reason}")]
    private partial void LogObstacle(string import, string reason);
}
