using ImageSearch.Cli.Reports;
using ImageSearch.Cli.Transfer;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Migration;

/// <summary>Gives rows of a collection a vector of the present model, from their pictures, and takes them into the table.</summary>
/// <param name="embedding">Embeds pictures.</param>
/// <param name="intake">Where the rows go.</param>
/// <param name="report">Counts.</param>
/// <param name="show">Told how many of the present rows are done; from several threads.</param>
internal sealed class CollectionReembedding(PictureEmbedding embedding, RowIntake intake, RunReport report, Action<int> show)
{
    // So many pictures are embedded again where a run is interrupted.
    private const int RowsABatch = 64;

    public async Task<Failure?> TakeAsync(List<UnusableRow> rows, int dimension, CancellationToken cancellationToken)
    {
        report.Reembedded ??= 0;
        var before = 0;
        foreach (var batch in rows.Chunk(RowsABatch))
        {
            if (!(await intake.FindAsync(batch.Select(row => row.Row.Id), cancellationToken)).TryGet(out var known, out var failure)) return failure;
            var missing = new List<UnusableRow>();
            foreach (var row in batch)
            {
                if (!known.TryGetValue(row.Row.Id, out var there)) missing.Add(row);
                else if (IsDone(row.Row, there, dimension)) report.AlreadyThere++;
                else intake.RefuseTaken(new IncomingRow(row.Row));
            }

            if (await EmbedAsync(missing, before, cancellationToken) is { } problem) return problem;
            before += batch.Length;
        }

        return null;
    }

    // Its vector is what an earlier run made, which the collection does not have.
    private static bool IsDone(StoredRow row, StoredRow there, int dimension) =>
        (there.ItemKey, there.FilePath) == (row.ItemKey, row.FilePath) && StoredFeature.WhyUnusable(there.Feature, dimension) is null;

    private async Task<Failure?> EmbedAsync(List<UnusableRow> rows, int before, CancellationToken cancellationToken)
    {
        var results = new Result<StoredRow>[rows.Count];
        var done = before;
        var options = new ParallelOptions { MaxDegreeOfParallelism = embedding.AtATime, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, rows.Count, options, async (i, cancellation) =>
        {
            results[i] = await EmbedAsync(rows[i], cancellation);
            show(Interlocked.Increment(ref done));
        });
        var embedded = new List<IncomingRow>(rows.Count);
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i].TryGet(out var row, out var failure)) embedded.Add(new IncomingRow(row));
            else report.Refuse(rows[i].Row.Id, null, $"{rows[i].Reason}; and it could not be embedded anew: {failure.Message}");
        }

        report.Reembedded += embedded.Count;
        return await intake.TakeAsync(embedded, static (_, _) => false, cancellationToken);
    }

    private async Task<Result<StoredRow>> EmbedAsync(UnusableRow row, CancellationToken cancellationToken)
    {
        if (report.DryRun) return await embedding.LookAsync(row.Picture, cancellationToken) is { } none ? none : row.Row;
        if (!(await embedding.EmbedAsync(row.Picture, cancellationToken)).TryGet(out var vectors, out var failure)) return failure;
        return StoredFeature.TryWrite(vectors.Whole.Span, out var feature)
            ? row.Row with { Feature = feature }
            : new Failure(FailureCode.PictureHasNoVector, "the network gave no usable vector");
    }
}
