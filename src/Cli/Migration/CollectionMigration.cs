using System.Globalization;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Reports;
using ImageSearch.Cli.Transfer;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Migration;

namespace ImageSearch.Cli.Migration;

/// <summary>
/// Takes the rows of a collection of the second Python system into a table, with their ids. Run again, it passes over what is there and does
/// the rest.
/// </summary>
/// <param name="collection">Where the rows come from.</param>
/// <param name="intake">Where they go.</param>
/// <param name="report">Counts.</param>
/// <param name="progress">Told after each page, and after each picture that is embedded.</param>
internal sealed class CollectionMigration(MilvusPictures collection, RowIntake intake, RunReport report, IProgress<WorkState> progress)
{
    private readonly Lock _gate = new();
    private long _rows;

    /// <param name="dimension">Values of the model's vectors.</param>
    /// <param name="embedding">How rows without a usable vector get one, or null.</param>
    /// <param name="cancellationToken">Ends the run between two batches.</param>
    public async Task<Failure?> RunAsync(int dimension, PictureEmbedding? embedding, CancellationToken cancellationToken)
    {
        _rows = await collection.CountAsync(cancellationToken);
        var anew = embedding is null ? null : new CollectionReembedding(embedding, intake, report, Show);
        await foreach (var page in collection.ReadAsync(cancellationToken))
        {
            var (usable, unusable) = Sort(page, dimension);
            if (await intake.TakeAsync(usable, IsSame, cancellationToken) is { } failure) return failure;
            report.Rows += usable.Count;
            Show(0);
            if (anew is null) RefuseAll(unusable);
            else if (await anew.TakeAsync(unusable, dimension, cancellationToken) is { } notEmbedded) return notEmbedded;
            report.Rows += unusable.Count;
            Show(0);
        }

        return await CompareCountAsync(cancellationToken);
    }

    // Rows that can't stand in a table whatever their vector are refused here.
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
                unusable.Add(new UnusableRow(stored, PictureRow.Of(row), $"its vector has {row.Vector.Length} values and not the model's {dimension}"));
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

    // The service may have indexed a row in Milvus since, and noted it.
    private static bool IsSame(StoredRow row, StoredRow there) =>
        row with { CreateDate = there.CreateDate, ModifyDate = there.ModifyDate, UploadStatus = there.UploadStatus } == there;

    private void RefuseAll(List<UnusableRow> rows)
    {
        foreach (var row in rows) report.Refuse(row.Row.Id, null, row.Reason);
    }

    // Called from several threads while pictures are embedded.
    private void Show(int embedded)
    {
        lock (_gate)
        {
            var done = report.Rows + embedded;
            progress.Report(new WorkState(done, _rows == 0 ? 1 : Math.Min(1, (double)done / _rows)));
        }
    }

    // Nothing says otherwise when a server leaves rows out.
    private async Task<Failure?> CompareCountAsync(CancellationToken cancellationToken)
    {
        if (collection.Vanished > 0)
            report.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"{collection.Vanished} rows were deleted from the collection while it was read"));
        var count = Math.Min(_rows, await collection.CountAsync(cancellationToken));
        return report.Rows >= count ? null : new Failure(
            FailureCode.Internal,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Milvus counts {count} rows and gave {report.Rows}: either ids stand there twice, of which one row each was taken, or rows were left "
                + $"out; run the command again"));
    }
}

/// <summary>A row that has no usable vector.</summary>
/// <param name="Row">Its columns, without one.</param>
/// <param name="Picture">What leads to its picture.</param>
/// <param name="Reason">Why not.</param>
internal sealed record UnusableRow(StoredRow Row, PictureRow Picture, string Reason);
