using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>Repairs the end of a truncated PNG, so that a decoder reads all rows that have data and reports the missing ones.</summary>
internal static class PngCopy
{
    private static readonly byte[] End = [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    /// <summary>Copies the file with the length of its last IDAT chunk corrected and an IEND chunk appended.</summary>
    /// <returns>The copy, or null if the file is not truncated within an IDAT chunk.</returns>
    internal static byte[]? Of(ReadOnlySpan<byte> file)
    {
        for (var at = 8L; at + 8 <= file.Length; at += 12L + BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]))
        {
            var from = (int)at;
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[from..]);
            if (!file.Slice(from + 4, 4).SequenceEqual("IDAT"u8) || at + 12 + length <= file.Length) continue;
            var available = (int)Math.Min(length, file.Length - from - 8);
            var copy = new byte[from + 12 + available + End.Length];
            file[..(from + 8 + available)].CopyTo(copy);
            BinaryPrimitives.WriteInt32BigEndian(copy.AsSpan(from), available);
            BinaryPrimitives.WriteUInt32BigEndian(copy.AsSpan(from + 8 + available), Crc(copy.AsSpan(from + 4, 4 + available)));
            End.CopyTo(copy, from + 12 + available);
            return copy;
        }

        return null;
    }

    // The CRC of chunks, bit by bit: such files are rare.
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
