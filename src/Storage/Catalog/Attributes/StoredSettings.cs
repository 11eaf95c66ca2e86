using System.Collections.Concurrent;

namespace ImageSearch.Storage.Catalog.Attributes;

/// <summary>
/// The settings of the texts of the column <c>settings</c>. Every write reads the text of its table, so that settings which were parsed
/// before are kept.
/// </summary>
internal static class StoredSettings
{
    // A text with 64 attributes takes about 8 KB with its settings.
    private const int MaxKept = 1024;

    private static readonly ConcurrentDictionary<string, TableSettings> Kept = new(StringComparer.Ordinal);

    /// <exception cref="System.Text.Json.JsonException">The text is not a JSON object of settings.</exception>
    public static TableSettings Of(string? text)
    {
        if (text is null) return TableSettings.Default;
        if (Kept.TryGetValue(text, out var settings)) return settings;
        if (Kept.Count >= MaxKept) Kept.Clear();
        return Kept.GetOrAdd(text, TableSettingsJson.Read);
    }
}
