using System.Text.Unicode;

namespace ImageSearch.Storage.Migration;

/// <summary>Bytes that protocol 2 writes as text: each byte is one character, in UTF-8.</summary>
internal static class Latin1Text
{
    /// <summary>How many bytes the text stands for, or -1 where it is not such a text.</summary>
    public static int Count(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var value in utf8)
        {
            // 0xC2 and 0xC3 begin the characters 0x80..0xFF; higher ones begin characters that are no bytes.
            if (value > 0xc3) return -1;
            if ((value & 0xc0) != 0x80) count++;
        }

        return Utf8.IsValid(utf8) ? count : -1;
    }

    /// <summary>The bytes of a text that has been counted.</summary>
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
