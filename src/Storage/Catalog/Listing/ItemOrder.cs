using System.Globalization;
using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog.Attributes;

namespace ImageSearch.Storage.Catalog.Listing;

/// <summary>An order of items. Values are those of the index of attributes, and dates of columns as their text.</summary>
internal sealed class ItemOrder
{
    private readonly ItemFieldValue _attribute;

    public ItemOrder(FilterField field, bool descending)
    {
        (Field, IsDescending) = (field, descending);
        _attribute = new ItemFieldValue(field);
    }

    /// <summary>The field.</summary>
    public FilterField Field { get; }

    /// <summary>Whether the greatest comes first.</summary>
    public bool IsDescending { get; }

    /// <summary>Whether items can be ordered by the field, if it is indexed.</summary>
    public bool IsValid => Field.CanOrder;

    private bool IsText => Field.Kind != FieldKind.Attribute || Field.Type == AttributeType.String;

    /// <summary>The value of an item; null if it has none, or in the order by id.</summary>
    public IndexedValue? ValueOf(Item item) => Field.Kind switch
    {
        FieldKind.Id => null,
        FieldKind.Key => Text(item.Texts.Key),
        FieldKind.Created => Text(item.Created),
        FieldKind.Modified => Text(item.Modified),
        _ => _attribute.Of(item) is { } value ? new IndexedValue(value.Text, value.Number) : null,
    };

    /// <summary>The position of an item.</summary>
    public ListPosition PositionOf(Item item) => new(ValueOf(item), item.Id);

    /// <summary>Reads a position of a client's cursor.</summary>
    /// <returns>False if it is not one of this order.</returns>
    public bool TryRead(ItemPosition position, out ListPosition read)
    {
        read = new ListPosition(null, position.Id);
        if (position.Value is not { } text) return true;
        if (Field.Kind == FieldKind.Id) return false;
        if (IsText)
        {
            read = read with { Value = IndexedValue.Of(text) };
            return true;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return false;
        read = read with { Value = IndexedValue.Of(number) };
        return true;
    }

    /// <summary>Compares positions; those without a value come last in both directions.</summary>
    public int Compare(ListPosition one, ListPosition other)
    {
        if (one.Value is null != other.Value is null) return one.Value is null ? 1 : -1;
        var order = one.Value is { } value && other.Value is { } second ? Compare(value, second) : 0;
        if (order == 0) order = one.Id.CompareTo(other.Id);
        return IsDescending ? -order : order;
    }

    private static int Compare(IndexedValue one, IndexedValue other) => one.Text is { } text && other.Text is { } second
        ? FilterValueOrder.Instance.Compare(FilterValue.Of(text), FilterValue.Of(second))
        : one.Number.CompareTo(other.Number);

    private static IndexedValue? Text(string? text) => text is null ? null : IndexedValue.Of(text);
}
