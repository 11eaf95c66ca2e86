using ImageSearch.Embedding;
using ImageSearch.Grains.Imports;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Reembedding;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Reembedding;

/// <summary>
/// Changes the model of a table. New vectors go to the catalog, beside the old ones, and to an index of their own in the vector store, so
/// that searches go on by the old ones until all are there. Work that another process repeats has no effect.
/// </summary>
public sealed class Reembedder(
    IReembedStore reembeds, IVectorStore vectors, IPictureEmbedder embedder, IGrainFactory grains, IRowPictures pictures, ImportThrottle throttle,
    ReembedOptions options, TimeProvider time, ILogger<Reembedder> logger) : IDisposable
{
    private const int RowsPerRefill = 256;

    private readonly RowEmbedder _embedder = new(grains, pictures, throttle, options, time);
    private readonly SemaphoreSlim _places = new(options.MaxRunning);

    /// <summary>Why pictures can't be embedded by a model; null if they can.</summary>
    public Task<Failure?> CheckAsync(ModelIdentity model) => embedder.CheckModelAsync(model);

    /// <summary>Runs a change until it has ended, here or elsewhere.</summary>
    /// <param name="reembed">The change.</param>
    /// <param name="table">The table with its old vectors.</param>
    /// <param name="trySwitch">
    /// Replaces the vectors while no call of the table runs; false if rows came that are not embedded yet.
    /// </param>
    /// <param name="cancellationToken">Stops the work, which another call resumes.</param>
    public async Task RunAsync(
        Reembed reembed, TableRecord table, Func<Task<bool>> trySwitch, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            logger.ReembedStarted(table.Generation.Name, reembed.Model);
            await RunToEndAsync(reembed, table, trySwitch, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task RunToEndAsync(Reembed reembed, TableRecord table, Func<Task<bool>> trySwitch, CancellationToken cancellationToken)
    {
        var isOpen = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (!await MayGoOnAsync(reembed, cancellationToken)) return;
                isOpen = isOpen || await OpenAsync(reembed, table, cancellationToken);
                if (await AdvanceAsync(reembed, trySwitch, cancellationToken)) return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Catch everything: the work goes on after any transient error.
                logger.ReembedDelayed(table.Generation.Name, e.Message);
                await Task.Delay(options.RetryDelay, time, cancellationToken);
            }
        }
    }

    /// <summary>Embeds the rows that came since the others were embedded, if they are few.</summary>
    public async Task EmbedLastRowsAsync(Reembed reembed, CancellationToken cancellationToken)
    {
        var after = long.MinValue;
        for (var left = 2 * options.MaxRowsOfSwitch; left > 0;)
        {
            var rows = await EmbedNextAsync(reembed, after, left, cancellationToken);
            if (rows.Count == 0) return;
            (left, after) = (left - rows.Count, rows[^1].Row.Id);
        }
    }

    // Embeds the next rows that have no record; none if all have one.
    private async Task<IReadOnlyList<OpenRow>> EmbedNextAsync(Reembed reembed, long after, int max, CancellationToken cancellationToken)
    {
        var rows = await reembeds.ReadOpenRowsAsync(reembed, after, Math.Min(ReembedStore.MaxRowsPerAdd, max), cancellationToken);
        if (rows.Count > 0) await EmbedAsync(reembed, rows, cancellationToken);
        return rows;
    }

    /// <summary>Removes the index of new vectors that are not wanted any more.</summary>
    public Task DropAsync(Reembed reembed) => vectors.DropAsync(reembed.Target, CancellationToken.None);

    // The index may be one of before a restart, which lacks rows: they are put again.
    private async Task<bool> OpenAsync(Reembed reembed, TableRecord table, CancellationToken cancellationToken)
    {
        await vectors.OpenAsync(table with { Generation = reembed.Target, Model = reembed.Model }, cancellationToken);
        for (var after = long.MinValue; ;)
        {
            var rows = await reembeds.ReadVectorsAsync(reembed, after, RowsPerRefill, cancellationToken);
            if (rows.Count == 0) return true;
            await vectors.PutAsync(reembed.Target, rows, cancellationToken);
            after = rows[^1].Row.Id;
        }
    }

    // Returns whether the change has ended.
    private async Task<bool> AdvanceAsync(Reembed reembed, Func<Task<bool>> trySwitch, CancellationToken cancellationToken)
    {
        var embedded = 0;
        for (var after = long.MinValue; ;)
        {
            var rows = await EmbedNextAsync(reembed, after, ReembedStore.MaxRowsPerAdd, cancellationToken);
            if (rows.Count == 0) break;
            if (!await MayGoOnAsync(reembed, cancellationToken)) return true;
            (embedded, after) = (embedded + rows.Count, rows[^1].Row.Id);
        }

        // Many came while the others were embedded: so many must not wait for the switch.
        if (embedded > options.MaxRowsOfSwitch) return false;
        if (await trySwitch())
        {
            logger.ReembedEnded(reembed.Table.Name, reembed.Model);
            return true;
        }

        await Task.Delay(options.SwitchDelay, time, cancellationToken);
        return false;
    }

    // The index of new vectors that another process has ended is not needed here.
    private async Task<bool> IsRunningAsync(Reembed reembed, CancellationToken cancellationToken)
    {
        var found = await reembeds.FindAsync(reembed.Table.Number, cancellationToken);
        if (found is { State: ReembedState.Running } && found.Id == reembed.Id) return true;
        if (found?.Id != reembed.Id || found.State != ReembedState.Finished) await DropAsync(reembed);
        return false;
    }

    private async Task EmbedAsync(Reembed reembed, IReadOnlyList<OpenRow> rows, CancellationToken cancellationToken)
    {
        var embedded = new ReembeddedRow[rows.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, rows.Count),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = options.MaxPictures,
                TaskScheduler = TaskScheduler.Current, // Stay on the grain's scheduler.
                CancellationToken = cancellationToken,
            },
            async (i, _) => embedded[i] = await _embedder.EmbedAsync(reembed, rows[i], cancellationToken));
        RowVectors[] put = [.. embedded.Where(row => row.Vectors is not null).Select(row => new RowVectors(row.Row, row.Vectors!.Whole, row.Vectors.MainObject))];

        // First the index: a row with a record is in it.
        if (put.Length > 0) await vectors.PutAsync(reembed.Target, put, cancellationToken);
        await reembeds.AddRowsAsync(reembed, embedded, cancellationToken);
    }

    // Ends a change with too many failures. False if it has ended, here or elsewhere.
    private async Task<bool> MayGoOnAsync(Reembed reembed, CancellationToken cancellationToken)
    {
        if (!await IsRunningAsync(reembed, cancellationToken)) return false;
        var failed = await reembeds.CountFailuresAsync(reembed, cancellationToken);
        if (failed <= reembed.Choices.MaxFailures) return true;
        var fault = $"{failed} pictures could not be embedded, more than max_failures ({reembed.Choices.MaxFailures}); the table keeps its model";
        if (!await reembeds.EndAsync(reembed, ReembedState.Failed, fault, cancellationToken)) return false;
        logger.ReembedFailed(reembed.Table.Name, fault);
        await DropAsync(reembed);
        return false;
    }
}
