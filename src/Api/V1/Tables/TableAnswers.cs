using System.Text.Json.Serialization;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Tables;

// The tables of /v1, as they are on the wire.

/// <summary>A table with its settings and, if requested, its sizes.</summary>
internal sealed record TableAnswer(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("model")] ModelAnswer Model,
    [property: JsonPropertyName("metric")] string Metric,
    [property: JsonPropertyName("on_existing_key")] string OnExistingKey,
    [property: JsonPropertyName("main_object")] string? MainObject,
    [property: JsonPropertyName("attributes")] IReadOnlyList<AttributeAnswer> Attributes,
    [property: JsonPropertyName("max_rows")] long? MaxRows,
    [property: JsonPropertyName("created")] string? Created,
    [property: JsonPropertyName("state"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? State,
    [property: JsonPropertyName("rows"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Rows,
    [property: JsonPropertyName("searchable"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Searchable,
    [property: JsonPropertyName("disk_bytes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? DiskBytes,
    [property: JsonPropertyName("memory_bytes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? MemoryBytes)
{
    public static TableAnswer Of(TableStatus table) => new(
        table.Name.Value,
        ModelAnswer.Of(table.Model),
        EnumWord.Of(table.Metric),
        EnumWord.Of(table.Settings.OnExistingKey),
        table.Settings.MainObject is { } rule ? EnumWord.Of(rule) : null,
        [.. table.Settings.Attributes.Select(AttributeAnswer.Of)],
        table.Settings.MaxRows,
        WireTime.Of(table.Created),
        State: null,
        Rows: null,
        Searchable: null,
        DiskBytes: null,
        MemoryBytes: null);

    public static TableAnswer Of(TableSize size) => Of(size.Status) with
    {
        State = size.Searchable < size.Rows ? "indexing" : "ready",
        Rows = size.Rows,
        Searchable = size.Searchable,
        DiskBytes = size.DiskBytes,
        MemoryBytes = size.MemoryBytes,
    };
}

/// <summary>The model of a table's vectors.</summary>
internal sealed record ModelAnswer(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("dimension")] int Dimension)
{
    public static ModelAnswer Of(ModelIdentity model) => new(model.Name, model.Version, model.Dimension);
}

/// <summary>An attribute of a table's schema.</summary>
internal sealed record AttributeAnswer(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("indexed")] bool Indexed)
{
    public static AttributeAnswer Of(AttributeDefinition attribute) => new(attribute.Name, EnumWord.Of(attribute.Type), attribute.Indexed);
}

/// <summary>A page of tables.</summary>
internal sealed record TablesAnswer(
    [property: JsonPropertyName("tables")] IReadOnlyList<TableAnswer> Tables,
    [property: JsonPropertyName("next_cursor")] string? NextCursor);

/// <summary>The settings of a table, for the OpenAPI document.</summary>
internal sealed record TableRequest(
    [property: JsonPropertyName("model")] ModelAnswer? Model = null,
    [property: JsonPropertyName("metric")] string? Metric = null,
    [property: JsonPropertyName("on_existing_key")] string? OnExistingKey = null,
    [property: JsonPropertyName("main_object")] string? MainObject = null,
    [property: JsonPropertyName("attributes")] IReadOnlyList<AttributeAnswer>? Attributes = null,
    [property: JsonPropertyName("max_rows")] long? MaxRows = null);
