using System.Globalization;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Transfer;

/// <summary>Checks rows before an import: a catalog rejects the whole batch of an invalid row.</summary>
internal static class RowCheck
{
    /// <summary>Why a row is refused; null if it is valid.</summary>
    public static string? WhyRefused(StoredRow row, int dimension) =>
        WhyColumnsRefused(row)
        ?? StoredFeature.WhyUnusable(row.Feature, dimension)
        ?? (row.FeatureObject is null ? null : OfMainObject(StoredFeature.WhyUnusable(row.FeatureObject, dimension)));

    /// <summary>Why a row is refused for another column than its vectors; null if those are valid.</summary>
    public static string? WhyColumnsRefused(StoredRow row)
    {
        if (row.Id < 1) return "its id is not 1 or more";
        if (row.Version < 0) return $"its version {row.Version} is out of range";
        if (row.UploadStatus is not (0 or 1)) return $"its upload_status is {row.UploadStatus}, not 0 or 1";
        return TooLong("tags", row.Tags, PictureTexts.MaxTagsLength)
            ?? TooLong("brief", row.Brief, PictureTexts.MaxBriefLength)
            ?? TooLong("item_key", row.ItemKey, PictureTexts.MaxKeyLength)
            ?? TooLong("file_path", row.FilePath, PictureTexts.MaxFilePathLength)
            ?? InvalidDate("create_date", row.CreateDate)
            ?? InvalidDate("modify_date", row.ModifyDate);
    }

    private static string? OfMainObject(string? reason) => reason is null ? null : $"the vector of the main object is unusable: {reason}";

    // The columns count Unicode characters, not UTF-16 units.
    private static string? TooLong(string column, string? text, int max) =>
        text is not null && text.Length > max && text.EnumerateRunes().Count() is var count && count > max
            ? $"its {column} has {count} characters, but at most {max} fit"
            : null;

    private static string? InvalidDate(string column, string? text) =>
        text is null || DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null
            : $"its {column} is not a date of the form yyyy-MM-dd HH:mm:ss.fff";
}
