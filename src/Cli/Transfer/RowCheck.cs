using System.Globalization;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Transfer;

/// <summary>Whether a row can stand in a table; a catalog would refuse it with the whole batch, or the service could not use it.</summary>
internal static class RowCheck
{
    /// <summary>Why it can't, or null.</summary>
    public static string? WhyRefused(StoredRow row, int dimension) =>
        WhyColumnsRefused(row)
        ?? StoredFeature.WhyUnusable(row.Feature, dimension)
        ?? (row.FeatureObject is null ? null : InMainObject(StoredFeature.WhyUnusable(row.FeatureObject, dimension)));

    /// <summary>The same, of all columns but the vectors.</summary>
    public static string? WhyColumnsRefused(StoredRow row)
    {
        if (row.Id < 1) return "its id is not 1 or more";
        if (row.Version < 0) return $"its version {row.Version} is out of range";
        if (row.UploadStatus is not (0 or 1)) return $"its upload_status is {row.UploadStatus}, not 0 or 1";
        return TooLong("tags", row.Tags, PictureTexts.MaxTagsLength)
            ?? TooLong("brief", row.Brief, PictureTexts.MaxBriefLength)
            ?? TooLong("item_key", row.ItemKey, PictureTexts.MaxKeyLength)
            ?? TooLong("file_path", row.FilePath, PictureTexts.MaxFilePathLength)
            ?? NoDate("create_date", row.CreateDate)
            ?? NoDate("modify_date", row.ModifyDate);
    }

    private static string? InMainObject(string? reason) => reason is null ? null : $"the main object's vector can't be used: {reason}";

    // Counted as the documented columns count: characters, not UTF-16 units.
    private static string? TooLong(string column, string? text, int most) =>
        text is not null && text.Length > most && text.EnumerateRunes().Count() is var count && count > most
            ? $"its {column} has {count} characters, at most {most} fit"
            : null;

    private static string? NoDate(string column, string? text) =>
        text is null || DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null
            : $"its {column} is no date of the form yyyy-MM-dd HH:mm:ss.fff";
}
