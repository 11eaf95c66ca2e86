namespace ImageSearch.Pages.Adding;

/// <summary>The format of a list, by the name of its file.</summary>
/// <param name="ContentType">Its content type.</param>
/// <param name="ZipCharset">The charset of the names in a ZIP; null for another list or UTF-8.</param>
internal sealed record ListFormat(string ContentType, string? ZipCharset)
{
    private const string DefaultCharset = "utf-8";

    /// <summary>The charsets that are offered. Old programs on Windows write the system's.</summary>
    public static readonly IReadOnlyList<string> Charsets = [DefaultCharset, "gbk", "gb18030", "big5", "shift_jis", "windows-1252"];

    /// <summary>The format of a file; null for one that is no list.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="charset">One of <see cref="Charsets"/>.</param>
    public static ListFormat? Of(string name, string? charset) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".ndjson" or ".jsonl" => new ListFormat("application/x-ndjson", null),
        ".csv" => new ListFormat($"text/csv; charset={charset ?? DefaultCharset}", null),
        ".zip" => new ListFormat("application/zip", charset is DefaultCharset ? null : charset),
        _ => null,
    };

    /// <summary>Whether the charset of a file matters.</summary>
    public static bool HasCharset(string? name) => Path.GetExtension(name ?? "").ToLowerInvariant() is ".csv" or ".zip";

    /// <summary>The path of the call that begins the import.</summary>
    /// <param name="table">The table.</param>
    /// <param name="onError">stop or continue.</param>
    /// <param name="onExistingKey">The rule; empty for that of the table.</param>
    /// <param name="isDryRun">Whether it only checks.</param>
    public string PathOf(string table, string onError, string? onExistingKey, bool isDryRun)
    {
        var rule = string.IsNullOrEmpty(onExistingKey) ? "" : $"&on_existing_key={Uri.EscapeDataString(onExistingKey)}";
        var charset = ZipCharset is null ? "" : $"&charset={Uri.EscapeDataString(ZipCharset)}";
        return $"/v1/tables/{Uri.EscapeDataString(table)}/imports?on_error={Uri.EscapeDataString(onError)}{rule}{charset}{(isDryRun ? "&dry_run=true" : "")}";
    }
}
