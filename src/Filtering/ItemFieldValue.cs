using System.Text;
using ImageSearch.Filtering.Matching;

namespace ImageSearch.Filtering;

/// <summary>Reads a field of items, to order or to group by it. It can be used by several threads at once.</summary>
public sealed class ItemFieldValue
{
    private readonly AttributeSlots _attributes;
    private readonly FieldReader _field;

    /// <summary>Prepares to read a field.</summary>
    public ItemFieldValue(FilterField field)
    {
        _attributes = new AttributeSlots();
        _field = new FieldReader(field, _attributes);
    }

    /// <summary>The value of a field; null if the item has none, or if the field is a list.</summary>
    public static FilterValue? Of(Item item, FilterField field) => new ItemFieldValue(field).Of(item);

    /// <summary>The value of the field; null if the item has none, or if the field is a list.</summary>
    public FilterValue? Of(Item item) => _attributes.Read(item, _field, Read);

    private static FilterValue? Read(ItemFields item, FieldReader field)
    {
        switch (field.Type)
        {
            case AttributeType.StringList:
                return null;
            case AttributeType.String:
                return !field.TryText(item, out var text) ? null
                    : FilterValue.Of(text.IsUtf8 ? Encoding.UTF8.GetString(text.Utf8) : text.Utf16.ToString());
            default:
                if (!field.TryNumber(item, out var number)) return null;
                return field.Type switch
                {
                    AttributeType.Number => FilterValue.Of(number),
                    AttributeType.Boolean => FilterValue.Of(number != 0),
                    _ => FilterValue.Of(DateTimeOffset.FromUnixTimeMilliseconds((long)number)),
                };
        }
    }
}
