using System.Text.Json.Serialization;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Keys;

// The keys of /v1, as they are on the wire.

/// <summary>An API key. Its secret is in the answers that create it, and nowhere else.</summary>
internal sealed record KeyAnswer(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("scopes")] IReadOnlyList<string> Scopes,
    [property: JsonPropertyName("tables")] IReadOnlyList<string> Tables,
    [property: JsonPropertyName("calls_per_second")] double? CallsPerSecond,
    [property: JsonPropertyName("burst")] int? Burst,
    [property: JsonPropertyName("max_rows")] long? MaxRows,
    [property: JsonPropertyName("max_tables")] int? MaxTables,
    [property: JsonPropertyName("expires")] string? Expires,
    [property: JsonPropertyName("disabled")] bool IsDisabled,
    [property: JsonPropertyName("created")] string? Created,
    [property: JsonPropertyName("rotated")] string? Rotated,
    [property: JsonPropertyName("last_used")] string? LastUsed,
    [property: JsonPropertyName("secret"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret)
{
    public static KeyAnswer Of(ApiKey key) => Of(key, null);

    public static KeyAnswer Of(ApiKey key, string? secret) => new(
        key.Id, key.Name, [.. key.Scopes.Select(EnumWord.Of)], key.Tables, key.CallsPerSecond, key.Burst, key.MaxRows, key.MaxTables,
        WireTime.Of(key.Expires), key.IsDisabled, WireTime.Of(key.Created), WireTime.Of(key.Rotated), WireTime.Of(key.LastUsed), secret);

    // A record's own text has its members.
    public override string ToString() => $"key {Id}";
}

/// <summary>A page of keys.</summary>
internal sealed record KeysAnswer(
    [property: JsonPropertyName("keys")] IReadOnlyList<KeyAnswer> Keys,
    [property: JsonPropertyName("next_cursor")] string? NextCursor);

/// <summary>What a key may do, for the OpenAPI document.</summary>
internal sealed record KeyRequest(
    [property: JsonPropertyName("name")] string? Name = null,
    [property: JsonPropertyName("scopes")] IReadOnlyList<string>? Scopes = null,
    [property: JsonPropertyName("tables")] IReadOnlyList<string>? Tables = null,
    [property: JsonPropertyName("calls_per_second")] double? CallsPerSecond = null,
    [property: JsonPropertyName("burst")] int? Burst = null,
    [property: JsonPropertyName("max_rows")] long? MaxRows = null,
    [property: JsonPropertyName("max_tables")] int? MaxTables = null,
    [property: JsonPropertyName("expires")] string? Expires = null,
    [property: JsonPropertyName("disabled")] bool? IsDisabled = null);

/// <summary>A rotation, for the OpenAPI document.</summary>
internal sealed record KeyRotationRequest([property: JsonPropertyName("grace_seconds")] int? GraceSeconds = null);
