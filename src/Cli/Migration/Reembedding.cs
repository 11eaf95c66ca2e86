using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Reports;
using ImageSearch.Storage.Migration;

namespace ImageSearch.Cli.Migration;

/// <summary>Embeds the pictures of an adopted table's rows with the current model.</summary>
internal sealed class Reembedding(PictureEmbedding embedding)
{
    private readonly Lock _lock = new();

    /// <summary>Reports for a dry run which rows have a picture.</summary>
    public async Task CheckAsync(IReadOnlyList<Unusable> rows, RunReport report, CancellationToken cancellationToken)
    {
        report.Reembedded = 0;
        foreach (var row in rows)
        {
            if (await embedding.CheckAsync(PictureRow.Of(row.Row), cancellationToken) is { } failure) Refuse(row, failure, report);
            else CountEmbedded(report);
        }
    }

    public async Task RunAsync(
        AdoptedTable table, IReadOnlyList<Unusable> rows, RunReport report, IProgress<WorkState> progress, CancellationToken cancellationToken)
    {
        report.Reembedded = 0;
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = embedding.MaxConcurrent, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(rows, options, async (row, cancellation) =>
        {
            var failure = await EmbedAsync(table, row, cancellation);
            lock (_lock)
            {
                if (failure is null) CountEmbedded(report);
                else Refuse(row, failure, report);
                progress.Report(new WorkState(report.Taken + report.Refused, 0.5 + (0.5 * ++done / rows.Count)));
            }
        });
    }

    private async Task<Failure?> EmbedAsync(AdoptedTable table, Unusable row, CancellationToken cancellationToken)
    {
        if (!(await embedding.EmbedAsync(PictureRow.Of(row.Row), cancellationToken)).TryGet(out var vectors, out var failure)) return failure;
        var change = new PictureChange(row.Row.Id, vectors, new PictureTexts());
        return (await table.Catalog.ChangeAsync(table.Table.Generation, change, searchable: true, cancellationToken)).Failure;
    }

    private static void CountEmbedded(RunReport report)
    {
        report.Reembedded++;
        report.Taken++;
    }

    private static void Refuse(Unusable row, Failure failure, RunReport report) =>
        report.Refuse(row.Row.Id, null, $"{row.Reason}; and it could not be re-embedded: {failure.Message}");
}
