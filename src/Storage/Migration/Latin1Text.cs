using System.Text.Unicode;

namespace ImageSearch.Storage.Migration;

/// <summary>Bytes that pickle protocol 2 writes as text, one character per byte, in UTF-8.</summary>
internal static class Latin1Text
{
    /// <summary>The number of bytes that the text represents, or -1 if it is not valid.</summary>
    public static int Count(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var value in utf8)
        {
            // 0xC2 and 0xC3 begin the characters 0x80..0xFF; higher ones begin characters beyond one byte.
            if (value > 0xc3) return -1;
            if ((value & 0xc0) != 0x80) count++;
        }

        return Utf8.IsValid(utf8) ? count : -1;
    }

    /// <summary>Decodes a text that <see cref="Count"/> accepted.</summary>
    public static void Decode(ReadOnlySpan<byte> utf8, Span<byte> bytes)
    {
        var from = 0;
        foreach (ref var value in bytes)
        {
            var first = utf8[from++];
            value = first < 0x80 ? first : (byte)((first << 6) | (utf8[from++] & 0x3f));
        }
    }
}
