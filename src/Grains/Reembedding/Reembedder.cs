using ImageSearch.Embedding;
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
    IReembedStore reembeds, IVectorStore vectors, IPictureEmbedder embedder, IGrainFactory grains, IRowPictures pictures, ReembedOptions options,
    TimeProvider time, ILogger<Reembedder> logger)
{
    private const int RowsPerRefill = 256;

    private readonly RowEmbedder _embedder = new(grains, pictures, options, time);

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
        logger.ReembedStarted(table.Generation.Name, reembed.Model);
        var isOpen = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
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
    public Task EmbedLastRowsAsync(Reembed reembed, CancellationToken cancellationToken) =>
        EmbedOpenRowsAsync(reembed, 2 * options.MaxRowsOfSwitch, cancellationToken);

    // Embeds the rows that have no record, at most a number of them; returns how many had none.
    private async Task<int> EmbedOpenRowsAsync(Reembed reembed, int max, CancellationToken cancellationToken)
    {
        var (done, after) = (0, long.MinValue);
        while (done < max)
        {
            var rows = await reembeds.ReadOpenRowsAsync(reembed, after, Math.Min(ReembedStore.MaxRowsPerAdd, max - done), cancellationToken);
            if (rows.Count == 0) break;
            await EmbedAsync(reembed, rows, cancellationToken);
            (done, after) = (done + rows.Count, rows[^1].Row.Id);
            if (max == int.MaxValue && !await MayGoOnAsync(reembed, cancellationToken)) break;
        }

        return done;
    }

    /// <summary>Removes the index of new vectors that are not wanted any more.</summary>
    public Task DropAsync(Reembed reembed) => vectors.DropAsync(reembed.Target, CancellationToken.None);

    // The index may be one of before a restart, or of a change that was cancelled, and of another model.
    private async Task<bool> OpenAsync(Reembed reembed, TableRecord table, CancellationToken cancellationToken)
    {
        await vectors.DropAsync(reembed.Target, cancellationToken);
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
        if (await reembeds.FindAsync(reembed.Table.Number, cancellationToken) is not { State: ReembedState.Running } running || running.Id != reembed.Id) return true;
        var left = await EmbedOpenRowsAsync(reembed, int.MaxValue, cancellationToken);
        if (!await MayGoOnAsync(reembed, cancellationToken)) return true;
        if (left > options.MaxRowsOfSwitch || !await trySwitch()) return false;
        logger.ReembedEnded(reembed.Table.Name, reembed.Model);
        return true;
    }

    private async Task EmbedAsync(Reembed reembed, IReadOnlyList<OpenRow> rows, CancellationToken cancellationToken)
    {
        var embedded = new ReembeddedRow?[rows.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, rows.Count),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = options.MaxPictures,
                TaskScheduler = TaskScheduler.Current, // Stay on the grain's scheduler.
                CancellationToken = cancellationToken,
            },
            async (i, _) => embedded[i] = await _embedder.EmbedAsync(reembed, rows[i], cancellationToken));
        ReembeddedRow[] known = [.. embedded.OfType<ReembeddedRow>()];
        RowVectors[] put = [.. known.Where(row => row.Vectors is not null).Select(row => new RowVectors(row.Row, row.Vectors!.Whole, row.Vectors.MainObject))];

        // First the index: a row with a record is in it.
        if (put.Length > 0) await vectors.PutAsync(reembed.Target, put, cancellationToken);
        await reembeds.AddRowsAsync(reembed, known, cancellationToken);
    }

    // Ends a change with too many failures. False if it has ended, here or elsewhere.
    private async Task<bool> MayGoOnAsync(Reembed reembed, CancellationToken cancellationToken)
    {
        if (await reembeds.FindAsync(reembed.Table.Number, cancellationToken) is not { State: ReembedState.Running } running || running.Id != reembed.Id) return false;
        var (_, failed) = await reembeds.CountAsync(reembed, cancellationToken);
        if (failed <= reembed.Choices.MaxFailures) return true;
        var fault = $"{failed} pictures could not be embedded, more than max_failures ({reembed.Choices.MaxFailures}); the table keeps its model";
        if (await reembeds.EndAsync(reembed, ReembedState.Failed, fault, cancellationToken)) logger.ReembedFailed(reembed.Table.Name, fault);
        await DropAsync(reembed);
        return false;
    }
}
