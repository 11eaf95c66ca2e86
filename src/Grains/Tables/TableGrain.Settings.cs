using System.Globalization;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tables;

/// <content>Settings and sizes.</content>
public sealed partial class TableGrain
{
    // An estimate for keys, fields and their indexes.
    private const int FieldBytesPerRow = 600;

    /// <inheritdoc/>
    public Task<Result<TableStatus>> CreateWithAsync(
        ModelIdentity? model, Metric? metric, TableSettings settings, CancellationToken cancellationToken) =>
        ExclusiveAsync<TableStatus>(
            "create",
            async () =>
            {
                var created = await items.EnsureTableAsync(_name, model ?? options.Model, metric ?? options.Metric, settings, cancellationToken);
                return StatusOf(created.Table) with { IsNew = created.IsNew };
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Done>> DropIfAsync(string tag, CancellationToken cancellationToken) =>
        ExclusiveAsync<Done>(
            "drop",
            async () =>
            {
                if (await catalog.FindTableAsync(_name, cancellationToken) is not { } record) return TableNotFound();
                if (RevisionOf(tag, record.Generation.Number) is not { } revision) return NotTheTag();
                var dropped = await items.DropTableAsync(record.Generation, revision, cancellationToken);
                if (!dropped.TryGet(out var isDropped, out var failure)) return failure;
                await EndReembeddingAsync(record.Generation);
                await _duplicates!.EndAsync();
                await _table!.CloseAsync(record.Generation);
                return isDropped ? Done.Ok : TableNotFound();
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<TableStatus>> ConfigureAsync(
        TableSettings settings, Metric? metric, string? tag, CancellationToken cancellationToken) =>
        SharedAsync<TableStatus>(
            "configure",
            async table =>
            {
                long? revision = null;
                if (tag is not null)
                {
                    if (RevisionOf(tag, table.Generation.Number) is not { } expected) return NotTheTag();
                    revision = expected;
                }

                table = await _table!.RefreshAsync(table, cancellationToken);
                Result<TableRecord>? configured = null;
                try
                {
                    configured = await items.ConfigureAsync(table.Generation, settings, metric ?? table.Metric, revision, cancellationToken);
                }
                finally
                {
                    // The change may be made although its reply is lost, or another activation may have made one.
                    if (configured is not { Failure: null }) _table.SuspectSettings();
                }

                if (!configured.Value.TryGet(out var record, out var failure)) return failure;
                _table.Replace(record);
                return StatusOf(record);
            },
            cancellationToken);

    /// <inheritdoc/>
    /// <remarks>The table is not opened: a list of thousands of tables must not load their indexes.</remarks>
    public Task<Result<TableSize>> MeasureAsync(CancellationToken cancellationToken) =>
        metrics.MeasureAsync("measure", metrics.Begin(), AsResultAsync<TableSize>(
            async () =>
            {
                if (await catalog.FindTableAsync(_name, cancellationToken) is not { } table) return TableNotFound();
                if (!(await items.CountRowsAsync(table.Generation, cancellationToken)).TryGet(out var rows, out var failure)) return failure;
                if (!(await catalog.CountSearchableAsync(table.Generation, cancellationToken)).TryGet(out var searchable, out failure)) return failure;
                if (!(await pictures.MeasurePicturesAsync(table.Generation, cancellationToken)).TryGet(out var kept, out failure)) return failure;
                var index = vectors.SizeOf(table.Generation);
                var disk = (rows * BytesPerRow(table.Model.Dimension)) + index.DiskBytes + kept;
                return new TableSize(StatusOf(table), rows, searchable, disk, index.MemoryBytes) { PictureBytes = kept };
            }));

    // A vector is stored as base64 of its float32 values.
    private static long BytesPerRow(int dimension) => FieldBytesPerRow + (dimension * sizeof(float) * 4L / 3);

    // Null for the tag of another generation, or of no table.
    private static long? RevisionOf(string tag, long generation)
    {
        var dash = tag.IndexOf('-', StringComparison.Ordinal);
        return dash > 0
            && long.TryParse(tag.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(tag.AsSpan(dash + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var revision)
            && number == generation
                ? revision
                : null;
    }

    private Failure NotTheTag() =>
        new(FailureCode.ConditionFailed, $"table {_name} was changed: its tag is not the one of the request; read the table again");
}
