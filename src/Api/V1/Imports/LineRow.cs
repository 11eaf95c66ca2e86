using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Filtering;

namespace ImageSearch.Api.V1.Imports;

/// <summary>The id and the dates of a line.</summary>
internal static class LineRow
{
    /// <summary>The greatest id that the ids which the service gives later follow. It leaves them 2^52 numbers that JSON readers don't round.</summary>
    private const long MaxIssued = 1L << 52;

    // Rows of a Milvus library keep the ids that Milvus gave them, which are greater than any that the service gives.
    private const long MinMigrated = 1L << 53;
    private const long MaxMigrated = 1L << 62;

    private static readonly string IdBound = $"a whole number from 1 to {MaxIssued}, or one of a migrated row, from {MinMigrated} to {MaxMigrated}";

    /// <summary>Reads them; null if the line has none.</summary>
    public static Result<GivenRow?> Read(RequestFields fields)
    {
        if (!fields.Text("id").TryGet(out var id, out var failure)
            || !ReadDate(fields, "created").TryGet(out var created, out failure)
            || !ReadDate(fields, "modified").TryGet(out var modified, out failure))
            return failure;
        if (string.IsNullOrWhiteSpace(id)) return created is null && modified is null ? (GivenRow?)null : new GivenRow(null, created, modified);
        return WholeNumber.Parse(id) is { } row && row is (>= 1 and <= MaxIssued) or (>= MinMigrated and <= MaxMigrated)
            ? new GivenRow(row, created, modified)
            : InvalidField.Of("id", id, IdBound);
    }

    private static Result<string?> ReadDate(RequestFields fields, string name)
    {
        if (!fields.Text(name).TryGet(out var text, out var failure)) return failure;
        if (string.IsNullOrWhiteSpace(text)) return (string?)null;
        return DateText.TryParse(text.Trim(), out var date) && date.Year >= WireTime.MinYear
            ? WireTime.ToStored(date)
            : InvalidField.Of(name, text, WireTime.Bound);
    }
}
