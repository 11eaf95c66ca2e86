using ImageSearch.Client.Json;

namespace ImageSearch.Client.Items;

/// <summary>Changes of an item. What is null stays; an empty text removes the value.</summary>
public sealed record ItemChanges
{
    /// <summary>The new picture.</summary>
    public Picture? Picture { get; init; }

    /// <summary>The product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Where the picture is.</summary>
    public string? Path { get; init; }

    /// <summary>Tags.</summary>
    public string? Tags { get; init; }

    /// <summary>A short text.</summary>
    public string? Brief { get; init; }

    /// <summary>The attributes that change. A value that is null is removed.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? Attributes { get; init; }

    internal Members ToMembers() => new Members()
        .Add("product_id", ProductId).Add("path", Path).Add("tags", Tags).Add("brief", Brief)
        .AddValue("attributes", Attributes, ClientJson.Wire.IReadOnlyDictionaryStringAttributeValue);
}
