using ImageSearch.Client.Items;
using ImageSearch.Client.Tables;

namespace ImageSearch.Pages.Items;

/// <summary>The fields of an item while they are edited.</summary>
public sealed class ItemDraft
{
    private readonly Item _read;

    /// <summary>The fields of an item.</summary>
    /// <param name="item">The item, with its ETag.</param>
    /// <param name="schema">The attributes of its table.</param>
    /// <param name="zone">The browser's time zone.</param>
    public ItemDraft(Item item, IReadOnlyList<AttributeDefinition> schema, TimeZoneInfo zone)
    {
        _read = item;
        ProductId = item.ProductId ?? "";
        Path = PathOf(item);
        Tags = item.Tags ?? "";
        Brief = item.Brief ?? "";
        Attributes = [.. schema.Select(attribute => new AttributeDraft(attribute, item.Attributes?.GetValueOrDefault(attribute.Name) ?? default, zone))];
    }

    public string ProductId { get; set; }

    public string Path { get; set; }

    public string Tags { get; set; }

    public string Brief { get; set; }

    public IReadOnlyList<AttributeDraft> Attributes { get; }

    public bool IsValid => Attributes.All(attribute => attribute.Fault is null);

    /// <summary>What was changed: fields that were not touched are not sent.</summary>
    /// <param name="picture">The new picture; null if it stays.</param>
    public ItemChanges ToChanges(Picture? picture) => new()
    {
        Picture = picture,
        ProductId = Changed(ProductId, _read.ProductId),
        Path = Changed(Path, PathOf(_read)),
        Tags = Changed(Tags, _read.Tags),
        Brief = Changed(Brief, _read.Brief),
        Attributes = ChangedAttributes(),
    };

    private Dictionary<string, AttributeValue>? ChangedAttributes()
    {
        var changed = Attributes.Where(attribute => attribute.IsChanged).ToDictionary(attribute => attribute.Definition.Name, attribute => attribute.Value);
        return changed.Count > 0 ? changed : null;
    }

    private static string? Changed(string text, string? read) => text == (read ?? "") ? null : text;

    private static string PathOf(Item item) => item.Url ?? item.Path ?? "";
}
