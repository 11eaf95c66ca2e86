using ImageSearch.Cli.Catalogs;
using ImageSearch.Cli.Files;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Reports;

namespace ImageSearch.Cli.Transfer;

/// <summary>Writes a table to a file.</summary>
internal sealed class TableExport(OpenCatalog source, RunReport report, IProgress<WorkState> progress)
{
    private const int RowsPerBatch = 256;

    public async Task<Failure?> RunAsync(TableName name, string path, bool overwrite, CancellationToken cancellationToken)
    {
        if (await source.Catalog.FindTableAsync(name, cancellationToken) is not { } table)
            return new Failure(FailureCode.TableNotFound, $"there is no table {name}");
        if (!(await source.Transfer.ReadExtentAsync(table.Generation, cancellationToken)).TryGet(out var extent, out var failure)) return failure;
        await using var file = new TableFileWriter(path, overwrite);
        await file.WriteAsync(TableFileHeader.Of(table, extent.LastId), cancellationToken);
        for (var after = long.MinValue; ;)
        {
            var read = await source.Transfer.ReadRowsAsync(table.Generation, after, RowsPerBatch, cancellationToken);
            if (!read.TryGet(out var rows, out failure)) return failure;
            foreach (var row in rows)
            {
                await file.WriteAsync(row, cancellationToken);
                after = row.Id;
            }

            report.Rows += rows.Count;
            report.Taken += rows.Count;
            progress.Report(new WorkState(report.Rows, extent.Rows == 0 ? 1 : Math.Min(1, (double)report.Rows / extent.Rows)));
            if (rows.Count < RowsPerBatch) break;
        }

        await file.FinishAsync(cancellationToken);
        return null;
    }
}
