using System.Buffers.Binary;

namespace ImageSearch.Api.V1.Imports.Zips;

/// <summary>Where the directory of a ZIP is, as its end says.</summary>
/// <param name="Start">Where the directory starts in the file.</param>
/// <param name="Length">Bytes of the directory, at most <see cref="MaxDirectoryBytes"/>.</param>
/// <param name="Shift">Bytes before the ZIP, such as a program that unpacks it; all offsets of the ZIP are that much too small.</param>
/// <param name="Count">The number of entries; only its last 16 bits if <paramref name="Is64"/> is false.</param>
/// <param name="Is64">Whether the ZIP is in the format for large files.</param>
internal sealed record ZipEnd(long Start, int Length, long Shift, ulong Count, bool Is64)
{
    /// <summary>The longest directory. It has the only part of a ZIP of which memory depends: the names.</summary>
    public const int MaxDirectoryBytes = 16 << 20;

    private const int RecordBytes = 22;
    private const int LocatorBytes = 20;
    private const int Record64Bytes = 56;

    /// <summary>Finds it.</summary>
    /// <exception cref="ListUnreadableException">The file is no ZIP, or one that is not read.</exception>
    public static async Task<ZipEnd> FindAsync(UploadedFile zip, CancellationToken cancellationToken)
    {
        var tail = new byte[(int)Math.Min(zip.Length, RecordBytes + ushort.MaxValue + LocatorBytes)];
        var tailStart = zip.Length - tail.Length;
        await zip.ReadAsync(tailStart, tail, cancellationToken);
        var at = FindRecord(tail);
        if (at < 0) throw new ListUnreadableException(ZipFailures.NotZip);
        var end = Fields(tail.AsSpan(at));
        var locator = at - LocatorBytes;
        if (!end.HasOverflow || locator < 0 || UInt32(tail, locator) != 0x07064b50) return Check(end, tailStart + at);
        if (UInt32(tail, locator + 16) > 1) throw new ListUnreadableException(ZipFailures.MultiPart);
        var stated = UInt64(tail, locator + 8);
        foreach (var place in (ulong[])[stated, (ulong)Math.Max(0, tailStart + locator - Record64Bytes)])
        {
            if (place > (ulong)(tailStart + locator)) continue;
            var record = new byte[Record64Bytes];
            if (await zip.ReadAsync((long)place, record, cancellationToken) == record.Length && UInt32(record, 0) == 0x06064b50)
                return Check(Fields64(record), (long)place);
        }

        throw new ListUnreadableException(ZipFailures.Damaged);
    }

    // The last one whose comment ends with the file. -1: none.
    private static int FindRecord(ReadOnlySpan<byte> tail)
    {
        for (var at = tail.Length - RecordBytes; at >= 0; at--)
        {
            if (UInt32(tail, at) == 0x06054b50 && at + RecordBytes + UInt16(tail, at + 20) == tail.Length) return at;
        }

        return -1;
    }

    private static EndFields Fields(ReadOnlySpan<byte> record) => new(
        UInt16(record, 4), UInt16(record, 6), UInt16(record, 10), UInt32(record, 12), UInt32(record, 16), Is64: false);

    private static EndFields Fields64(ReadOnlySpan<byte> record) => new(
        UInt32(record, 16), UInt32(record, 20), UInt64(record, 32), UInt64(record, 40), UInt64(record, 48), Is64: true);

    private static ZipEnd Check(EndFields end, long endOfDirectory)
    {
        if (end.Disk != 0 || end.DirectoryDisk != 0) throw new ListUnreadableException(ZipFailures.MultiPart);
        if (end.Length > MaxDirectoryBytes) throw new ListUnreadableException(ZipFailures.LongDirectory(end.Length));
        var start = endOfDirectory - (long)end.Length;
        return start >= 0 && end.Offset <= (ulong)start
            ? new ZipEnd(start, (int)end.Length, start - (long)end.Offset, end.Count, end.Is64)
            : throw new ListUnreadableException(ZipFailures.NotZip);
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong UInt64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private readonly record struct EndFields(uint Disk, uint DirectoryDisk, ulong Count, ulong Length, ulong Offset, bool Is64)
    {
        // The record of 16 and 32 bits says that another one has the numbers.
        public bool HasOverflow =>
            Disk == ushort.MaxValue || DirectoryDisk == ushort.MaxValue || Count == ushort.MaxValue || Length == uint.MaxValue || Offset == uint.MaxValue;
    }
}
