namespace ImageSearch.Filtering.Matching;

/// <summary>Reads one field of items.</summary>
internal sealed class FieldReader(FilterField field, AttributeSlots attributes)
{
    private readonly int _slot = field.Attribute is { } attribute ? attributes.Add(attribute.Name) : -1;

    public AttributeType Type { get; } = field.Type;

    /// <summary>A number, a boolean or a date, as <see cref="FilterValue.Number"/> has it.</summary>
    public bool TryNumber(ItemFields item, out double number)
    {
        switch (field.Kind)
        {
            case FieldKind.Id:
                number = item.Item.Id;
                return true;
            case FieldKind.Created:
                return Dates.TryParse(item.Item.Created, out number);
            case FieldKind.Modified:
                return Dates.TryParse(item.Item.Modified, out number);
            default:
                return Type switch
                {
                    AttributeType.Number => item.TryNumber(_slot, out number),
                    AttributeType.Boolean => item.TryBoolean(_slot, out number),
                    _ => item.TryDate(_slot, out number),
                };
        }
    }

    /// <summary>A text that is not empty.</summary>
    public bool TryText(ItemFields item, out TextView text)
    {
        if (field.Kind == FieldKind.Attribute)
        {
            var isText = item.TryText(_slot, out var utf8);
            text = new TextView(utf8);
            return isText;
        }

        var value = TextOf(item.Item.Texts);
        text = new TextView(value);
        return !string.IsNullOrEmpty(value);
    }

    /// <summary>Whether a list contains the text, or any text if it is empty.</summary>
    public bool ListContains(ItemFields item, ReadOnlySpan<byte> text) => item.ListContains(_slot, text);

    private string? TextOf(PictureTexts texts) => field.Kind switch
    {
        FieldKind.Key => texts.Key,
        FieldKind.ProductId => texts.ProductId,
        FieldKind.Tags => texts.Tags,
        FieldKind.Brief => texts.Brief,
        _ => texts.FilePath,
    };
}
