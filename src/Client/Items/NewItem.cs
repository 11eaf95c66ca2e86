using ImageSearch.Client.Json;

namespace ImageSearch.Client.Items;

/// <summary>An item to put: its picture and fields.</summary>
public sealed record NewItem
{
    /// <summary>Creates an item.</summary>
    /// <param name="picture">The picture.</param>
    public NewItem(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Picture = picture;
    }

    /// <summary>The picture.</summary>
    public Picture Picture { get; }

    /// <summary>The product, at most 255 characters.</summary>
    public string? ProductId { get; init; }

    /// <summary>Where the picture is, at most 1000 characters; by default where the service loads it from.</summary>
    public string? Path { get; init; }

    /// <summary>Tags, at most 32 characters.</summary>
    public string? Tags { get; init; }

    /// <summary>A short text, at most 500 characters.</summary>
    public string? Brief { get; init; }

    /// <summary>The attributes by the table's schema.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? Attributes { get; init; }

    internal Members ToMembers() => new Members()
        .Add("product_id", ProductId).Add("path", Path).Add("tags", Tags).Add("brief", Brief)
        .AddValue("attributes", Attributes, ClientJson.Wire.IReadOnlyDictionaryStringAttributeValue);
}
