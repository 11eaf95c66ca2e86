using System.Data.Common;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Imports;

/// <summary>An import's row, which may be one that this version can't read.</summary>
internal sealed record ImportRow(
    string Id, string Name, long Generation, string Views, string State, string? Fault, string CreateDate, string? EndDate,
    long Items, long Stored, long Failed, string? OnExistingKey, bool IsDryRun, bool IsImmediate, string? Owner,
    long Duplicates, string? OnDuplicate, float? DuplicateScore)
{
    /// <summary>Reads the columns of <see cref="ImportSql.Find"/>.</summary>
    public static ImportRow Of(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.Text(5), row.GetString(6),
        row.Text(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10), row.Text(11), row.GetInt32(12) != 0, row.GetInt32(13) != 0,
        row.Text(14), row.GetInt64(15), row.Text(16), row.IsDBNull(17) ? null : (float)row.GetDouble(17));

    public ImportProgress? TryRead() =>
        TableName.Parse(Name).TryGet(out var name, out _)
        && Enum.TryParse<PictureViews>(Views, out var views)
        && Enum.TryParse<ImportState>(State, out var state)
        && TryReadWord<KeyRule>(OnExistingKey, out var rule)
        && TryReadWord<DuplicateRule>(OnDuplicate, out var onDuplicate)
            ? new ImportProgress(
                new ImportRecord(Id, new TableGeneration(name, Generation), views, state, Fault, CreateDate, EndDate)
                {
                    Choices = new ImportChoices(rule, IsDryRun, IsImmediate)
                    {
                        Owner = Owner,
                        Duplicates = onDuplicate is null && DuplicateScore is null ? null : new DuplicateCheck(onDuplicate, DuplicateScore),
                    },
                },
                Items,
                Stored,
                Failed,
                Duplicates)
            : null;

    public ImportProgress Read() => TryRead() ?? throw new CatalogException(
        FailureCode.CatalogUnavailable,
        $"the row of import {Id} in the catalog is damaged or was written by a newer version; delete it, or run that version");

    private static bool TryReadWord<T>(string? text, out T? word)
        where T : struct, Enum
    {
        word = Enum.TryParse<T>(text, out var known) ? known : null;
        return word is not null || text is null;
    }
}
