using System.Diagnostics;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Reembedding;

namespace ImageSearch.Grains.Tables;

/// <content>Changes of the table's model.</content>
public sealed partial class TableGrain : ITableReembedGrain
{
    private static readonly TimeSpan SwitchTimeout = TimeSpan.FromSeconds(30);

    private CancellationTokenSource? _stopReembedding;
    private Task _reembedding = Task.CompletedTask;
    private bool _isDeactivating;

    /// <inheritdoc/>
    public Task<Result<ReembedStatus>> BeginReembedAsync(ReembedRequest request, CancellationToken cancellationToken) =>
        SharedAsync<ReembedStatus>(
            "begin_reembed",
            async table =>
            {
                table = await _table!.RefreshAsync(table, cancellationToken);
                var model = request.Model ?? options.Model;
                if (model == table.Model) return AlreadyOf(model);
                if (await reembedder.CheckAsync(model) is { } unknown)
                    return unknown with { Field = "model", Value = model.ToString(), Bound = "a model that the service has" };
                var choices = new ReembedChoices(request.Views, request.MaxFailures, request.Owner, request.ReadsPaths);
                var begun = await reembeds.BeginAsync(table.Generation, model, choices, cancellationToken);
                if (!begun.TryGet(out var reembed, out var failure)) return failure;
                // An earlier change that has ended may still remove its index.
                if (!_isDeactivating) _reembedding = RunAsync(reembed, table, after: _reembedding);
                return await StatusOfAsync(reembed, cancellationToken);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Done>> ResumeReembedAsync(CancellationToken cancellationToken) =>
        SharedAsync<Done>(
            "resume_reembed",
            async table =>
            {
                if (await reembeds.FindAsync(table.Generation.Number, cancellationToken) is not { State: ReembedState.Running } reembed) return Done.Ok;
                table = await _table!.RefreshAsync(table, cancellationToken);
                if (reembed.Table != table.Generation)
                    await reembeds.EndAsync(reembed, ReembedState.Failed, "the table got other vectors since", cancellationToken);
                else if (_reembedding.IsCompleted && !_isDeactivating)
                    _reembedding = RunAsync(reembed, table, after: Task.CompletedTask);
                return Done.Ok;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<ReembedStatus>> GetReembedAsync(CancellationToken cancellationToken) =>
        SharedAsync<ReembedStatus>(
            "get_reembed",
            async table => await reembeds.FindAsync(table.Generation.Number, cancellationToken) is { } reembed
                ? await StatusOfAsync(reembed, cancellationToken)
                : NoReembed(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<ReembedFailures>> ListReembedFailuresAsync(long after, int count, CancellationToken cancellationToken) =>
        SharedAsync<ReembedFailures>(
            "list_reembed_failures",
            async table =>
            {
                if (count is < 1 or > ITableReembedGrain.MaxFailuresPerPage)
                    return Invalid($"count must be 1 to {ITableReembedGrain.MaxFailuresPerPage}, not {count}");
                if (await reembeds.FindAsync(table.Generation.Number, cancellationToken) is not { } reembed) return NoReembed();
                var failures = await reembeds.ListFailuresAsync(reembed, after, count, cancellationToken);
                return new ReembedFailures([.. failures.Select(failed => new ReembedFailedRow(failed.Id, failed.Key, failed.Failure))]);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Done>> CancelReembedAsync(CancellationToken cancellationToken) =>
        SharedAsync<Done>(
            "cancel_reembed",
            async table =>
            {
                var running = _reembedding;
                if (await reembeds.FindAsync(table.Generation.Number, cancellationToken) is not { State: ReembedState.Running } reembed
                    || !await reembeds.EndAsync(reembed, ReembedState.Cancelled, null, cancellationToken))
                    return NoReembed();
                if (running == _reembedding) await StopReembeddingAsync(); // Otherwise another has begun, which waits for this one.
                if (reembed.Table == table.Generation) await reembedder.DropAsync(reembed);
                return Done.Ok;
            },
            cancellationToken);

    private async Task StopReembeddingAsync()
    {
        if (_stopReembedding is { } stop) await stop.CancelAsync();
        await _reembedding;
    }

    // Owned by _reembedding, which deactivation awaits.
    private async Task RunAsync(Reembed reembed, TableRecord table, Task after)
    {
        Activity.Current = null; // Not part of the trace of the call that started it, which would last for hours.
        using var stop = new CancellationTokenSource();
        _stopReembedding = stop;
        try
        {
            await after.WaitAsync(stop.Token);
            await reembedder.RunAsync(reembed, table, () => TrySwitchAsync(reembed, stop.Token), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            if (_stopReembedding == stop) _stopReembedding = null;
        }
    }

    // The last rows are embedded while the table's calls wait, so that a table with many adds comes to an end.
    private async Task<bool> TrySwitchAsync(Reembed reembed, CancellationToken cancellationToken)
    {
        var switched = await ExclusiveAsync<bool>(
            "switch_vectors",
            async () =>
            {
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                timeout.CancelAfter(SwitchTimeout);
                try
                {
                    await reembedder.EmbedLastRowsAsync(reembed, timeout.Token);
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    return false; // A host that does not answer must not stop the table.
                }

                if (!await reembeds.SwitchAsync(reembed, CancellationToken.None)) return false;
                // The next call opens the table with its new vectors, whose index is filled.
                await _table!.CloseAsync(reembed.Table);
                return true;
            },
            cancellationToken);
        return switched.TryGet(out var isSwitched, out var failure) ? isSwitched : throw new CatalogException(failure);
    }

    // Of a dropped table. The gate is held: a switch that waits for it is cancelled.
    private async Task EndReembeddingAsync(TableGeneration table)
    {
        await StopReembeddingAsync();
        if (await reembeds.FindAsync(table.Number, CancellationToken.None) is not { State: ReembedState.Running } reembed) return;
        await reembeds.EndAsync(reembed, ReembedState.Failed, "the table was dropped", CancellationToken.None);
        await reembedder.DropAsync(reembed);
    }

    // The vectors of a finished change are in the table, and its records of them are removed.
    private async Task<ReembedStatus> StatusOfAsync(Reembed reembed, CancellationToken cancellationToken)
    {
        var (embedded, failed) = await reembeds.CountAsync(reembed, cancellationToken);
        var rows = await catalog.FindTableAsync(_name, cancellationToken) is { } table
            ? (await items.CountRowsAsync(table.Generation, cancellationToken)).OrThrow()
            : 0;
        return new ReembedStatus(
            reembed.Model, reembed.State, rows, reembed.State == ReembedState.Finished ? rows - failed : embedded, failed,
            reembed.Choices.MaxFailures, reembed.Fault, reembed.Began, reembed.Ended);
    }

    private Failure AlreadyOf(ModelIdentity model) => new(FailureCode.ModelMismatch, $"the vectors of table {_name} are of the model {model} already")
    {
        Field = "model",
        Value = model.ToString(),
        Bound = "another model than the table's",
    };

    private Failure NoReembed() => new(FailureCode.ReembedNotFound, $"no change of model of table {_name} is known or runs");
}
