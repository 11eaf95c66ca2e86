using System.Globalization;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Reports;
using ImageSearch.Cli.Transfer;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Migration;

namespace ImageSearch.Cli.Migration;

/// <summary>
/// Copies the rows of a collection of the second Python system to a table, with their ids. A repeated run skips the rows that are present.
/// </summary>
/// <param name="collection">The source of the rows.</param>
/// <param name="inserter">The target of the rows.</param>
/// <param name="report">Receives the counts.</param>
/// <param name="progress">Receives the progress after each page and each embedded picture.</param>
internal sealed class CollectionMigration(MilvusPictures collection, RowInserter inserter, RunReport report, IProgress<WorkState> progress)
{
    private readonly Lock _lock = new();
    private long _rows;

    /// <param name="dimension">The dimension of the model.</param>
    /// <param name="embedding">Embeds rows without a usable vector; null to refuse them.</param>
    /// <param name="cancellationToken">Cancels the run between two batches.</param>
    public async Task<Failure?> RunAsync(int dimension, PictureEmbedding? embedding, CancellationToken cancellationToken)
    {
        _rows = await collection.CountAsync(cancellationToken);
        var reembedding = embedding is null ? null : new CollectionReembedding(embedding, inserter, report, ReportProgress);
        await foreach (var page in collection.ReadAsync(cancellationToken))
        {
            var (usable, unusable) = Sort(page, dimension);
            if (await inserter.InsertAsync(usable, IsSame, cancellationToken) is { } failure) return failure;
            report.Rows += usable.Count;
            ReportProgress(0);
            if (reembedding is null) RefuseAll(unusable);
            else if (await reembedding.RunAsync(unusable, dimension, cancellationToken) is { } notEmbedded) return notEmbedded;
            report.Rows += unusable.Count;
            ReportProgress(0);
        }

        return await CompareCountAsync(cancellationToken);
    }

    // Rows with invalid columns are rejected before their vectors are looked at.
    private (List<IncomingRow> Usable, List<UnusableRow> Unusable) Sort(IReadOnlyList<CollectionRow> page, int dimension)
    {
        var (usable, unusable) = (new List<IncomingRow>(page.Count), new List<UnusableRow>());
        foreach (var row in page)
        {
            var stored = ToStored(row);
            if (RowCheck.WhyColumnsRefused(stored) is { } reason)
            {
                report.Rows++;
                report.Refuse(row.Id, null, reason);
            }
            else if (row.Vector.Length != dimension)
            {
                unusable.Add(new UnusableRow(stored, PictureRow.Of(row), $"its vector has {row.Vector.Length} values instead of the model's {dimension}"));
            }
            else if (StoredFeature.TryWrite(row.Vector.Span, out var feature))
            {
                usable.Add(new IncomingRow(stored with { Feature = feature }));
            }
            else
            {
                unusable.Add(new UnusableRow(stored, PictureRow.Of(row), "its vector can't be used: a value is not finite, or all are zero"));
            }
        }

        return (usable, unusable);
    }

    private static StoredRow ToStored(CollectionRow row) => new()
    {
        Id = row.Id,
        MilvusId = row.Id,
        UploadStatus = 1,
        Version = 1,
        ItemKey = NullIfEmpty(row.Key),
        FilePath = NullIfEmpty(row.Path),
    };

    private static string? NullIfEmpty(string? text) => text is { Length: > 0 } ? text : null;

    // The service may have indexed the row since, which changes its upload_status.
    private static bool IsSame(StoredRow row, StoredRow existing) =>
        row with { CreateDate = existing.CreateDate, ModifyDate = existing.ModifyDate, UploadStatus = existing.UploadStatus } == existing;

    private void RefuseAll(List<UnusableRow> rows)
    {
        foreach (var row in rows) report.Refuse(row.Row.Id, null, row.Reason);
    }

    // Called from several threads while pictures are embedded.
    private void ReportProgress(int embedded)
    {
        lock (_lock)
        {
            var done = report.Rows + embedded;
            progress.Report(new WorkState(done, _rows == 0 ? 1 : Math.Min(1, (double)done / _rows)));
        }
    }

    // A server does not report rows that it omits.
    private async Task<Failure?> CompareCountAsync(CancellationToken cancellationToken)
    {
        if (collection.Vanished > 0)
            report.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"{collection.Vanished} rows were deleted from the collection while it was read"));
        var count = Math.Min(_rows, await collection.CountAsync(cancellationToken));
        return report.Rows >= count ? null : new Failure(
            FailureCode.Internal,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Milvus counts {count} rows and returned {report.Rows}: either ids are duplicated, and one row of each was taken, or rows were "
                + $"omitted; run the command again"));
    }
}

/// <summary>A row without a usable vector.</summary>
/// <param name="Row">Its columns without the vector.</param>
/// <param name="Picture">The texts that locate its picture.</param>
/// <param name="Reason">Why the vector is unusable.</param>
internal sealed record UnusableRow(StoredRow Row, PictureRow Picture, string Reason);
