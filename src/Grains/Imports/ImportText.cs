using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Grains.Imports;

/// <summary>What an import's pieces hold in the catalog. Nulls are left out, and an older program's text reads as it did.</summary>
internal static class ImportText
{
    // Chinese stands in the catalog as it is.
    private static readonly ImportJson Json =
        new(new JsonSerializerOptions(ImportJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(IReadOnlyList<ImportItem> items) => JsonSerializer.Serialize(items, Json.IReadOnlyListImportItem);

    public static IReadOnlyList<ImportItem> ReadItems(string text) => JsonSerializer.Deserialize(text, Json.IReadOnlyListImportItem) ?? [];

    /// <summary>One line.</summary>
    public static string Write(ImportFailure failure) => JsonSerializer.Serialize(failure, Json.ImportFailure);

    public static ImportFailure ReadFailure(string line) => JsonSerializer.Deserialize(line, Json.ImportFailure)!;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<ImportItem>))]
[JsonSerializable(typeof(ImportFailure))]
internal sealed partial class ImportJson : JsonSerializerContext;
