using ImageSearch.Cli.Reports;
using ImageSearch.Cli.Transfer;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Migration;

/// <summary>Embeds the pictures of a collection's rows with the current model and adds the rows to the table.</summary>
/// <param name="embedding">Embeds pictures.</param>
/// <param name="inserter">The target of the rows.</param>
/// <param name="report">Receives the counts.</param>
/// <param name="reportProgress">Called with the number of finished rows, from several threads.</param>
internal sealed class CollectionReembedding(PictureEmbedding embedding, RowInserter inserter, RunReport report, Action<int> reportProgress)
{
    // An interrupted run repeats at most this many embeddings.
    private const int RowsPerBatch = 64;

    public async Task<Failure?> RunAsync(List<UnusableRow> rows, int dimension, CancellationToken cancellationToken)
    {
        report.Reembedded ??= 0;
        var before = 0;
        foreach (var batch in rows.Chunk(RowsPerBatch))
        {
            if (!(await inserter.FindAsync(batch.Select(row => row.Row.Id), cancellationToken)).TryGet(out var known, out var failure)) return failure;
            var missing = new List<UnusableRow>();
            foreach (var row in batch)
            {
                if (!known.TryGetValue(row.Row.Id, out var existing)) missing.Add(row);
                else if (IsDone(row.Row, existing, dimension)) report.AlreadyThere++;
                else inserter.RefuseConflict(new IncomingRow(row.Row));
            }

            if (await EmbedAsync(missing, before, cancellationToken) is { } problem) return problem;
            before += batch.Length;
        }

        return null;
    }

    // The vector is not compared: an earlier run embedded it, so it differs from the collection's.
    private static bool IsDone(StoredRow row, StoredRow existing, int dimension) =>
        (existing.ItemKey, existing.FilePath) == (row.ItemKey, row.FilePath) && StoredFeature.WhyUnusable(existing.Feature, dimension) is null;

    private async Task<Failure?> EmbedAsync(List<UnusableRow> rows, int before, CancellationToken cancellationToken)
    {
        var results = new Result<StoredRow>[rows.Count];
        var done = before;
        var options = new ParallelOptions { MaxDegreeOfParallelism = embedding.MaxConcurrent, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, rows.Count, options, async (i, cancellation) =>
        {
            results[i] = await EmbedAsync(rows[i], cancellation);
            reportProgress(Interlocked.Increment(ref done));
        });
        var embedded = new List<IncomingRow>(rows.Count);
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i].TryGet(out var row, out var failure)) embedded.Add(new IncomingRow(row));
            else report.Refuse(rows[i].Row.Id, null, $"{rows[i].Reason}; and it could not be re-embedded: {failure.Message}");
        }

        report.Reembedded += embedded.Count;
        return await inserter.InsertAsync(embedded, static (_, _) => false, cancellationToken);
    }

    private async Task<Result<StoredRow>> EmbedAsync(UnusableRow row, CancellationToken cancellationToken)
    {
        if (report.DryRun) return await embedding.CheckAsync(row.Picture, cancellationToken) is { } notFound ? notFound : row.Row;
        if (!(await embedding.EmbedAsync(row.Picture, cancellationToken)).TryGet(out var vectors, out var failure)) return failure;
        return StoredFeature.TryWrite(vectors.Whole.Span, out var feature)
            ? row.Row with { Feature = feature }
            : new Failure(FailureCode.PictureHasNoVector, "the model returned no usable vector");
    }
}
