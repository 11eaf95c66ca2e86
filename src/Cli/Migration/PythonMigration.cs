using System.Globalization;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Reports;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Migration;

namespace ImageSearch.Cli.Migration;

/// <summary>
/// Migrates a table of the first Python system: it checks every feature against the model, adopts the table in place, and re-embeds rows
/// without a usable feature if their pictures are available. A repeated run continues where the last one stopped.
/// </summary>
internal sealed class PythonMigration(IPythonTables tables, RunReport report, IProgress<WorkState> progress)
{
    private const int RowsPerBatch = 256;

    private readonly List<Unusable> _unusable = [];
    private PythonTable _table = null!;

    /// <param name="name">The table.</param>
    /// <param name="model">The model that the service runs.</param>
    /// <param name="metric">The metric of the table.</param>
    /// <param name="reembedding">Embeds rows without a usable feature; null to refuse them.</param>
    /// <param name="cancellationToken">Cancels the run between two rows.</param>
    public async Task<Failure?> RunAsync(
        TableName name, ModelIdentity model, Metric metric, Reembedding? reembedding, CancellationToken cancellationToken)
    {
        if (await tables.FindAsync(name, cancellationToken) is not { } table)
            return new Failure(FailureCode.TableNotFound, $"the database has no table {name}");
        if (table.AdoptedWith is { } other && other != model) return OtherModel(name, other, model);
        _table = table;
        await CheckRowsAsync(name, model.Dimension, reembedding is not null, cancellationToken);
        NoteColumns(name);
        if (report.Taken == 0 && _unusable.Count > 0 && reembedding is null)
        {
            RefuseAll();
            return NothingUsable(name, model);
        }

        if (report.DryRun)
        {
            if (reembedding is null) RefuseAll();
            else await reembedding.CheckAsync(_unusable, report, cancellationToken);
            return null;
        }

        if (!(await tables.AdoptAsync(name, model, metric, cancellationToken)).TryGet(out var adopted, out var failure)) return failure;
        if (adopted.Table.Model != model) return OtherModel(name, adopted.Table.Model, model);
        if (reembedding is null) RefuseAll();
        else await reembedding.RunAsync(adopted, _unusable, report, progress, cancellationToken);
        return null;
    }

    private async Task CheckRowsAsync(TableName name, int dimension, bool isFirstHalf, CancellationToken cancellationToken)
    {
        for (var after = long.MinValue; ;)
        {
            var rows = await tables.ReadRowsAsync(name, after, RowsPerBatch, cancellationToken);
            foreach (var row in rows)
            {
                if (StoredFeature.WhyUnusable(row.Feature, dimension) is { } reason) _unusable.Add(new Unusable(row with { Feature = null }, reason));
                else report.Taken++;
                after = row.Id;
            }

            report.Rows += rows.Count;
            var fraction = _table.Rows == 0 ? 1 : Math.Min(1, (double)report.Rows / _table.Rows);
            progress.Report(new WorkState(report.Rows, isFirstHalf ? fraction / 2 : fraction));
            if (rows.Count < RowsPerBatch) return;
        }
    }

    private void NoteColumns(TableName name)
    {
        if (_table.AdoptedWith is not null) report.Notes.Add($"table {name} was already adopted");
        else if (_table.MissingColumns.Count > 0)
            report.Notes.Add($"columns {(report.DryRun ? "that would be added" : "added")}: {string.Join(", ", _table.MissingColumns)}");
    }

    private void RefuseAll()
    {
        foreach (var row in _unusable) report.Refuse(row.Row.Id, null, row.Reason);
    }

    private static Failure OtherModel(TableName name, ModelIdentity adopted, ModelIdentity model) => new(
        FailureCode.ModelMismatch,
        $"table {name} was adopted with {adopted}, but --model is {model}; vectors of two models are not comparable: use the model that it was adopted with");

    private static Failure NothingUsable(TableName name, ModelIdentity model) => new(
        FailureCode.ModelMismatch,
        string.Create(
            CultureInfo.InvariantCulture,
            $"no row of table {name} has a vector that fits {model}, so it was not adopted; use the model of its vectors " +
            $"(--model; docs/models.md describes how to export the old system's), or --reembed with --images or --picture-url"));
}

/// <summary>A row without a usable feature.</summary>
/// <param name="Row">The row without its feature.</param>
/// <param name="Reason">Why the feature is unusable.</param>
internal sealed record Unusable(PythonRow Row, string Reason);
