namespace ImageSearch;

/// <summary>A row of a table with the fields of its owner.</summary>
/// <param name="Id">The row.</param>
/// <param name="Version">Incremented with every change of the picture, from 1.</param>
/// <param name="Texts">The owner's fields.</param>
/// <param name="Created">When the row was added, UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>; null in rows of other systems that have no date.</param>
/// <param name="Modified">When it was last changed.</param>
[GenerateSerializer, Immutable]
public sealed record Item(long Id, int Version, PictureTexts Texts, string? Created, string? Modified)
{
    /// <summary>Its vectors, if they were requested.</summary>
    [Id(5)]
    public PictureVectors? Vectors { get; init; }

    /// <summary>
    /// Identifies the item's present content, 32 lower-case hexadecimal digits: any change of a field or of the picture changes it. It is the
    /// strong entity tag of the item.
    /// </summary>
    public string Tag => ItemTag.Of(this);
}

/// <summary>Names an item by its key or by its id.</summary>
/// <param name="Key">The key; of several rows with one key the oldest is meant.</param>
/// <param name="Id">The id, if there is no key.</param>
[GenerateSerializer, Immutable]
public readonly record struct ItemReference(string? Key, long Id)
{
    /// <inheritdoc/>
    public override string ToString() => Key is null ? $"id {Id}" : "the given key";
}

/// <summary>What must be true of an item for a write to happen; checked in the transaction of the write.</summary>
/// <param name="Tags">The item exists with one of these <see cref="Item.Tag"/>s; null for any content.</param>
/// <param name="MustExist">The item exists.</param>
/// <param name="MustNotExist">No item has the key.</param>
[GenerateSerializer, Immutable]
public sealed record ItemCondition(IReadOnlyList<string>? Tags, bool MustExist, bool MustNotExist)
{
    /// <summary>Whether a write may happen.</summary>
    /// <param name="item">The item that is there; null if none is.</param>
    public bool IsMet(Item? item) =>
        item is null ? !MustExist && Tags is null : !MustNotExist && (Tags is null || Tags.Contains(item.Tag, StringComparer.Ordinal));
}

/// <summary>An item to create or to replace under its key.</summary>
/// <param name="Vectors">The picture's vectors.</param>
/// <param name="Texts">All fields, with the key; a null field has no value afterwards.</param>
/// <param name="OnExistingKey">What to do with an item whose key is there.</param>
/// <param name="Condition">What must be true, or <see cref="FailureCode.ConditionFailed"/>; null for nothing.</param>
[GenerateSerializer, Immutable]
public sealed record ItemPut(PictureVectors Vectors, PictureTexts Texts, KeyRule OnExistingKey, ItemCondition? Condition = null)
{
    /// <summary>Puts into this generation of the table only; null for the current one.</summary>
    [Id(4)]
    public long? Generation { get; init; }

    /// <summary>The id and the dates of the row, which only <see cref="ITableItemsGrain.ImportItemsAsync"/> may have; null for those of the service.</summary>
    [Id(5)]
    public GivenRow? Row { get; init; }
}

/// <summary>A change of an item's fields, and of its picture if there are vectors.</summary>
/// <param name="Item">The item.</param>
/// <param name="Changes">The new values of the fields that change.</param>
/// <param name="Vectors">The new picture's vectors; null to keep the picture.</param>
/// <param name="Condition">What must be true, or <see cref="FailureCode.ConditionFailed"/>; null for nothing.</param>
[GenerateSerializer, Immutable]
public sealed record ItemPatch(ItemReference Item, FieldChanges Changes, PictureVectors? Vectors = null, ItemCondition? Condition = null);

/// <summary>New values of fields. A field that is not set keeps its value; one that is set to null has none afterwards.</summary>
[GenerateSerializer, Immutable]
public sealed record FieldChanges
{
    /// <summary>Names of set fields among <c>tags</c>, <c>brief</c>, <c>key</c>, <c>path</c> and <c>product_id</c>.</summary>
    [Id(0)]
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>The values of set fields.</summary>
    [Id(1)]
    public PictureTexts Values { get; init; } = new();

    /// <summary>A JSON object whose members replace those of the item's attributes; a null member removes one. Null: no change.</summary>
    [Id(2)]
    public string? Attributes { get; init; }
}

/// <summary>What a write did.</summary>
/// <param name="Item">The item afterwards.</param>
/// <param name="Effect">What happened.</param>
[GenerateSerializer, Immutable]
public sealed record ItemWrite(Item Item, ItemEffect Effect);

/// <summary>What a write did to an item.</summary>
[GenerateSerializer]
public enum ItemEffect
{
    /// <summary>A row was added.</summary>
    Created,

    /// <summary>The row was replaced or changed.</summary>
    Replaced,

    /// <summary>The item that is there was kept.</summary>
    Skipped,
}

/// <summary>A page of a table's items.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
[GenerateSerializer, Immutable]
public sealed record ItemPage(IReadOnlyList<Item> Items, ItemPosition? Next);

/// <summary>A position in a list of items: after the item with these values.</summary>
/// <param name="Value">The value of the field by which the list is ordered, as text; null for none.</param>
/// <param name="Id">The item's id, which orders items of equal values.</param>
[GenerateSerializer, Immutable]
public sealed record ItemPosition(string? Value, long Id);

/// <summary>Which items to list.</summary>
/// <param name="Filter">A filter, or null for all.</param>
/// <param name="Order">The field to order by: <c>id</c>, <c>created</c>, <c>modified</c>, <c>key</c>, <c>product_id</c> or an indexed attribute.</param>
/// <param name="Descending">Whether the greatest comes first. Items without a value come last in both directions.</param>
/// <param name="After">Where the page begins; null for the first.</param>
/// <param name="Count">Maximum number of items, 1..<see cref="MaxCount"/>.</param>
/// <param name="WithVectors">Whether to return vectors.</param>
[GenerateSerializer, Immutable]
public sealed record ItemListQuery(string? Filter, string Order, bool Descending, ItemPosition? After, int Count, bool WithVectors = false)
{
    /// <summary>Maximum number of items of a page.</summary>
    public const int MaxCount = 1_000;
}
