using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Files;

/// <summary>The first line of a table's file. The rows follow, one per line, and then a <see cref="TableFileEnd"/>.</summary>
internal sealed record TableFileHeader
{
    public const string FormatName = "imagesearch-table";
    public const int CurrentVersion = 1;

    public required string Format { get; init; }

    public required int FormatVersion { get; init; }

    /// <summary>The exported table; an import can use another name.</summary>
    public required string Table { get; init; }

    public required string ModelName { get; init; }

    public required string ModelVersion { get; init; }

    public required int Dimension { get; init; }

    public required Metric Metric { get; init; }

    /// <summary>The highest id that the table ever assigned.</summary>
    public required long LastId { get; init; }

    [JsonIgnore]
    public ModelIdentity Model => new(ModelName, ModelVersion, Dimension);

    public static TableFileHeader Of(TableRecord table, long lastId) => new()
    {
        Format = FormatName,
        FormatVersion = CurrentVersion,
        Table = table.Generation.Name.Value,
        ModelName = table.Model.Name,
        ModelVersion = table.Model.Version,
        Dimension = table.Model.Dimension,
        Metric = table.Metric,
        LastId = lastId,
    };
}

/// <summary>The last line; a file without it is truncated.</summary>
internal sealed record TableFileEnd
{
    public required long EndOfRows { get; init; }
}

/// <summary>The JSON of the lines. The fields of a row have the names of the documented columns; an unknown field is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TableFileHeader))]
[JsonSerializable(typeof(TableFileEnd))]
[JsonSerializable(typeof(StoredRow))]
internal sealed partial class TableFileJson : JsonSerializerContext;

/// <summary>The same JSON for writing, without escapes in Chinese text and base64.</summary>
internal static class ReadableJson
{
    public static TableFileJson Lines { get; } =
        new(new JsonSerializerOptions(TableFileJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
