using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Files;

/// <summary>The first line of a table's file: what its rows are. Rows follow, one a line, then a <see cref="TableFileEnd"/>.</summary>
internal sealed record TableFileHeader
{
    public const string Kind = "imagesearch-table";
    public const int Newest = 1;

    public required string Format { get; init; }

    public required int FormatVersion { get; init; }

    /// <summary>The table that the rows are from; an import may give them another.</summary>
    public required string Table { get; init; }

    public required string ModelName { get; init; }

    public required string ModelVersion { get; init; }

    public required int Dimension { get; init; }

    public required Metric Metric { get; init; }

    /// <summary>The greatest id that the table ever gave out.</summary>
    public required long LastId { get; init; }

    [JsonIgnore]
    public ModelIdentity Model => new(ModelName, ModelVersion, Dimension);

    public static TableFileHeader Of(TableRecord table, long lastId) => new()
    {
        Format = Kind,
        FormatVersion = Newest,
        Table = table.Generation.Name.Value,
        ModelName = table.Model.Name,
        ModelVersion = table.Model.Version,
        Dimension = table.Model.Dimension,
        Metric = table.Metric,
        LastId = lastId,
    };
}

/// <summary>The last line: a file without it was cut off.</summary>
internal sealed record TableFileEnd
{
    public required long EndOfRows { get; init; }
}

/// <summary>The lines as JSON; the fields of a row have the names of the documented columns. An unknown field is an error, not lost.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TableFileHeader))]
[JsonSerializable(typeof(TableFileEnd))]
[JsonSerializable(typeof(StoredRow))]
internal sealed partial class TableFileJson : JsonSerializerContext;

/// <summary>The same JSON for writing: Chinese and base64 stand there as they are.</summary>
internal static class ReadableJson
{
    public static TableFileJson Lines { get; } =
        new(new JsonSerializerOptions(TableFileJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
