using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Items;

/// <summary>An item of a table: a picture with fields. A field without a value, or that was not asked for, is null.</summary>
public record Item
{
    /// <summary>The service's id.</summary>
    public long Id { get; init; }

    /// <summary>The owner's key.</summary>
    public string? Key { get; init; }

    /// <summary>The product, which groups pictures.</summary>
    public string? ProductId { get; init; }

    /// <summary>Where the picture is, if that is a URL.</summary>
    public string? Url { get; init; }

    /// <summary>Where the picture is, if that is no URL.</summary>
    public string? Path { get; init; }

    /// <summary>Tags, separated by commas, semicolons or white space.</summary>
    public string? Tags { get; init; }

    /// <summary>A short text.</summary>
    public string? Brief { get; init; }

    /// <summary>The attributes by the table's schema.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? Attributes { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>The vector of the picture, of unit length.</summary>
    [JsonConverter(typeof(NullableVectorConverter))]
    public ReadOnlyMemory<float>? Vector { get; init; }

    /// <summary>The vector of its main object.</summary>
    [JsonConverter(typeof(NullableVectorConverter))]
    public ReadOnlyMemory<float>? MainObjectVector { get; init; }

    /// <summary>What a put did; null in other answers.</summary>
    public ItemEffect? Effect { get; init; }

    /// <summary>The state of the item for <c>IfMatch</c>; null in lists.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }
}
