using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures.Whole;

/// <summary>Ends a PNG that was cut, so that a decoder takes all rows that there are data for and misses those that there are none for.</summary>
internal static class PngCopy
{
    private static readonly byte[] End = [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    /// <summary>The file with its last chunk of pixels as long as it is, and an end behind it.</summary>
    /// <returns>The copy, or null where the file was cut before or behind its pixels, or not at all.</returns>
    internal static byte[]? Of(ReadOnlySpan<byte> file)
    {
        for (var at = 8L; at + 8 <= file.Length; at += 12L + BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]))
        {
            var from = (int)at;
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[from..]);
            if (!file.Slice(from + 4, 4).SequenceEqual("IDAT"u8) || at + 12 + length <= file.Length) continue;
            var there = (int)Math.Min(length, file.Length - from - 8);
            var copy = new byte[from + 12 + there + End.Length];
            file[..(from + 8 + there)].CopyTo(copy);
            BinaryPrimitives.WriteInt32BigEndian(copy.AsSpan(from), there);
            BinaryPrimitives.WriteUInt32BigEndian(copy.AsSpan(from + 8 + there), Crc(copy.AsSpan(from + 4, 4 + there)));
            End.CopyTo(copy, from + 12 + there);
            return copy;
        }

        return null;
    }

    // The checksum of chunks, bit by bit: such files are rare.
    private static uint Crc(ReadOnlySpan<byte> chunk)
    {
        const uint Polynomial = 0xEDB88320;
        var crc = uint.MaxValue;
        foreach (var value in chunk)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * Polynomial);
        }

        return ~crc;
    }
}
