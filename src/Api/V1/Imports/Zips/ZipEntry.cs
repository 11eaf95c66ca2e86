using System.Buffers.Binary;

namespace ImageSearch.Api.V1.Imports.Zips;

/// <summary>A file or folder of a ZIP, as the directory describes it. Nothing of it is checked but that the record is whole.</summary>
/// <param name="Number">Its place in the directory, from 1.</param>
/// <param name="Name">Its name, or why it can't be read.</param>
/// <param name="Flags">The format's flags.</param>
/// <param name="Method">The method of compression.</param>
/// <param name="Crc">The checksum of its content.</param>
/// <param name="Packed">Compressed bytes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Offset">Where its header is, as the ZIP counts.</param>
/// <param name="RecordLength">Bytes of the record.</param>
internal sealed record ZipEntry(
    int Number, Result<string> Name, int Flags, int Method, uint Crc, ulong Packed, ulong Length, ulong Offset, int RecordLength)
{
    /// <summary>Bytes of a record without its name and what follows that.</summary>
    public const int FixedBytes = 46;

    /// <summary>Whether a password is needed.</summary>
    public bool IsEncrypted => (Flags & 0x2041) != 0;

    /// <summary>The length of the record that begins here; null if none does.</summary>
    public static int? RecordLengthOf(ReadOnlySpan<byte> start) =>
        start.Length >= FixedBytes && BinaryPrimitives.ReadUInt32LittleEndian(start) == 0x02014b50
            ? FixedBytes + UInt16(start, 28) + UInt16(start, 30) + UInt16(start, 32)
            : null;

    /// <summary>Reads a whole record.</summary>
    public static ZipEntry Read(int number, ReadOnlySpan<byte> record, ZipNames names)
    {
        var flags = UInt16(record, 8);
        var nameLength = UInt16(record, 28);
        ulong length = UInt32(record, 24), packed = UInt32(record, 20), offset = UInt32(record, 42);
        var large = Zip64(record.Slice(FixedBytes + nameLength, UInt16(record, 30)));
        Take(ref length, ref large);
        Take(ref packed, ref large);
        Take(ref offset, ref large);
        return new ZipEntry(
            number, names.Read(record.Slice(FixedBytes, nameLength), flags), flags, UInt16(record, 10), UInt32(record, 16), packed, length, offset,
            record.Length);
    }

    // The field has only the numbers that do not fit their places, in this order.
    private static void Take(ref ulong number, ref ReadOnlySpan<byte> large)
    {
        if (number != uint.MaxValue || large.Length < sizeof(ulong)) return;
        number = BinaryPrimitives.ReadUInt64LittleEndian(large);
        large = large[sizeof(ulong)..];
    }

    private static ReadOnlySpan<byte> Zip64(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var length = UInt16(extra, 2);
            if (length > extra.Length - 4) return default;
            if (UInt16(extra, 0) == 1) return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }

        return default;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
