using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ImageSearch.Filtering.Matching;

/// <summary>The attributes that are read of each item. Each has a slot.</summary>
internal sealed class AttributeSlots
{
    // Attributes of this many bytes are read on the stack; longer ones in a pooled array.
    private const int StackBytes = 1024;

    private readonly List<byte[]> _names = [];

    /// <summary>What to do with the fields of an item.</summary>
    public delegate TResult FieldsReader<TState, TResult>(ItemFields fields, TState state);

    /// <summary>The slot of an attribute.</summary>
    public int Add(string name)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        var slot = _names.FindIndex(known => known.AsSpan().SequenceEqual(utf8));
        if (slot >= 0) return slot;
        _names.Add(utf8);
        return _names.Count - 1;
    }

    /// <summary>
    /// Reads an item's attributes and passes its fields on. Attributes that are not a JSON object, or hold half a surrogate pair, are none.
    /// </summary>
    public TResult Read<TState, TResult>(Item item, TState state, FieldsReader<TState, TResult> read)
    {
        if (_names.Count == 0 || item.Texts.Attributes is not { } text) return read(new ItemFields(item), state);

        byte[]? rented = null;
        var maxBytes = Encoding.UTF8.GetMaxByteCount(text.Length);
        var buffer = maxBytes <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(maxBytes);
        Span<AttributeSlot> slots = stackalloc AttributeSlot[_names.Count];
        try
        {
            Utf8.FromUtf16(text, buffer, out _, out var length);
            var json = (ReadOnlySpan<byte>)buffer[..length];
            Locate(json, slots);
            return read(new ItemFields(item, json, slots), state);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return read(new ItemFields(item), state);
        }
        finally
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Locate(ReadOnlySpan<byte> json, Span<AttributeSlot> slots)
    {
        slots.Clear();
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return;
        for (var found = 0; found < slots.Length && reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            var slot = IndexOf(ref reader);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var type = reader.TokenType;
            reader.Skip();
            if (slot < 0) continue;
            slots[slot] = new AttributeSlot(type, start, (int)reader.BytesConsumed - start);
            found++;
        }
    }

    private int IndexOf(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < _names.Count; i++)
        {
            if (reader.ValueTextEquals(_names[i])) return i;
        }

        return -1;
    }
}

/// <summary>Where an attribute's value stands in the JSON text.</summary>
/// <param name="Type">Its first token; None if the item has no such attribute.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct AttributeSlot(JsonTokenType Type, int Start, int Length);
