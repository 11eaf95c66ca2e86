using ImageSearch.Cli.Catalogs;
using ImageSearch.Cli.Files;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Reports;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Transfer;

/// <summary>
/// Imports the rows of a file into a table with their ids and dates. Identical rows that are present are skipped, so an interrupted import
/// can be run again with the same result.
/// </summary>
internal sealed class TableImport(OpenCatalog target, RunReport report, IProgress<WorkState> progress)
{
    private const int RowsPerBatch = 256;

    public async Task<Failure?> RunAsync(TableName name, string path, CancellationToken cancellationToken)
    {
        await using var file = new TableFileReader(path);
        if (!(await file.ReadHeaderAsync(cancellationToken)).TryGet(out var header, out var failure)) return failure;
        var table = await target.Catalog.FindTableAsync(name, cancellationToken);
        if (table is not null && table.Model != header.Model) return OtherModel(path, header, table);
        if (table is not null && table.Metric != header.Metric)
            report.Notes.Add($"table {name} reports distances as {table.Metric}, the table of the file as {header.Metric}");
        if (table is null && !report.DryRun)
            table = await target.Catalog.CreateTableAsync(name, header.Model, header.Metric, cancellationToken);

        var inserter = new RowInserter(target.Transfer, table?.Generation, report);
        await foreach (var batch in file.ReadRowsAsync(cancellationToken).Chunk(RowsPerBatch).WithCancellation(cancellationToken))
        {
            if (await inserter.InsertAsync(Usable(batch, header.Dimension), IsSame, cancellationToken) is { } problem) return problem;
            progress.Report(new WorkState(report.Rows, file.Fraction));
        }

        return await EndAsync(table?.Generation, file, header, cancellationToken);
    }

    private static Failure OtherModel(string path, TableFileHeader header, TableRecord table) => new(
        FailureCode.ModelMismatch,
        $"the vectors of '{path}' were made with {header.Model} and those of table {table.Generation.Name} with {table.Model}; " +
        "they are not comparable: import into another table");

    private List<IncomingRow> Usable(TableFileLine[] lines, int dimension)
    {
        report.Rows += lines.Length;
        var usable = new List<IncomingRow>(lines.Length);
        foreach (var line in lines)
        {
            if (line.Row is null) report.Refuse(null, line.Number, $"the line is not a row: {line.Error}");
            else if (RowCheck.WhyRefused(line.Row, dimension) is { } reason) report.Refuse(line.Row.Id, line.Number, reason);
            else usable.Add(new IncomingRow(line.Row, line.Number));
        }

        return usable;
    }

    private async Task<Failure?> EndAsync(
        TableGeneration? table, TableFileReader file, TableFileHeader header, CancellationToken cancellationToken)
    {
        if (file.EndOfRows is not { } rows)
            return new Failure(FailureCode.RequestInvalid, "the file is truncated: its last line is missing; export the table again");
        if (rows != report.Rows)
            return new Failure(FailureCode.RequestInvalid, $"the file has {report.Rows} rows, but its last line says {rows}: it was modified");
        if (report.DryRun) return null;
        return (await target.Transfer.RaiseLastIdAsync(table!.Value, header.LastId, cancellationToken)).Failure;
    }

    // The catalog sets the dates that the file lacks.
    private static bool IsSame(StoredRow row, StoredRow existing) =>
        row with { CreateDate = row.CreateDate ?? existing.CreateDate, ModifyDate = row.ModifyDate ?? existing.ModifyDate } == existing;
}
