using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace ImageSearch.Filtering.Matching;

/// <summary>An item and the places of its attributes.</summary>
internal readonly ref struct ItemFields
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly ReadOnlySpan<AttributeSlot> _slots;

    /// <summary>An item whose attributes are not needed.</summary>
    public ItemFields(Item item) => Item = item;

    public ItemFields(Item item, ReadOnlySpan<byte> json, ReadOnlySpan<AttributeSlot> slots)
    {
        Item = item;
        _json = json;
        _slots = slots;
    }

    public Item Item { get; }

    public bool TryNumber(int slot, out double number)
    {
        number = 0;
        return Find(slot, JsonTokenType.Number, out var value) && Utf8Parser.TryParse(value, out number, out _) && double.IsFinite(number);
    }

    public bool TryBoolean(int slot, out double number)
    {
        number = Find(slot, JsonTokenType.True, out _) ? 1 : 0;
        return number != 0 || Find(slot, JsonTokenType.False, out _);
    }

    /// <summary>The date in milliseconds since 1970.</summary>
    public bool TryDate(int slot, out double milliseconds)
    {
        Span<char> text = stackalloc char[40];
        milliseconds = 0;
        return TryText(slot, out var utf8) && utf8.Length <= text.Length
            && Ascii.ToUtf16(utf8, text, out var length) == OperationStatus.Done
            && Dates.TryParse(text[..length], out milliseconds);
    }

    /// <summary>The text, which is not empty.</summary>
    public bool TryText(int slot, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!Find(slot, JsonTokenType.String, out var quoted)) return false;
        text = quoted[1..^1];
        if (text.Contains((byte)'\\')) text = Unescape(quoted);
        return !text.IsEmpty;
    }

    /// <summary>Reads the strings of a list up to one that equals <paramref name="text"/>.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="text">The string to find; empty for any.</param>
    public bool ListContains(int slot, ReadOnlySpan<byte> text)
    {
        if (!Find(slot, JsonTokenType.StartArray, out var list)) return false;
        var reader = new Utf8JsonReader(list);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            if (text.IsEmpty ? !reader.ValueSpan.IsEmpty : reader.ValueTextEquals(text)) return true;
        }

        return false;
    }

    private bool Find(int slot, JsonTokenType type, out ReadOnlySpan<byte> value)
    {
        var found = !_slots.IsEmpty && _slots[slot].Type == type;
        value = found ? _json.Slice(_slots[slot].Start, _slots[slot].Length) : default;
        return found;
    }

    private static byte[] Unescape(ReadOnlySpan<byte> quoted)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        var text = new byte[quoted.Length];
        return text[..reader.CopyString(text)];
    }
}
