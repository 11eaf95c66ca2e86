using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Grains.Imports;

/// <summary>The JSON of an import's pieces in the catalog. Nulls are omitted, and rows of older versions stay readable.</summary>
internal static class ImportSerializer
{
    // Chinese text is stored unescaped.
    private static readonly ImportJsonContext Json = new(
        new JsonSerializerOptions(ImportJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new VectorConverter() },
        });

    public static string Write(IReadOnlyList<ImportItem> items) => JsonSerializer.Serialize(items, Json.IReadOnlyListImportItem);

    public static IReadOnlyList<ImportItem> ReadItems(string text) => JsonSerializer.Deserialize(text, Json.IReadOnlyListImportItem) ?? [];

    /// <summary>Writes a failure as a single line.</summary>
    public static string Write(ImportFailure failure) => JsonSerializer.Serialize(failure, Json.ImportFailure);

    public static ImportFailure ReadFailure(string line) => JsonSerializer.Deserialize(line, Json.ImportFailure)!;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<ImportItem>))]
[JsonSerializable(typeof(ImportFailure))]
internal sealed partial class ImportJsonContext : JsonSerializerContext;
