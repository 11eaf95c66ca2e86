using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>Limits the directories of a TIFF, one per page: its decoder reads all of them to count the pages.</summary>
internal static class TiffStructure
{
    // A scanned book has a few hundred pages with about 15 entries each.
    private const int MaxPages = 1000;
    private const int MaxEntries = 20_000;
    private const int EntryLength = 12;

    /// <summary>Checks the chain of directories.</summary>
    internal static Failure? Check(ReadOnlySpan<byte> file)
    {
        var isLittle = file[0] == (byte)'I';
        var (pages, entries) = (0, 0);
        var at = Number(file, 4, isLittle);
        // A chain can be circular; the limit of pages ends the loop.
        while (at != 0 && at + 2 <= file.Length)
        {
            var count = isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(file[(int)at..]) : BinaryPrimitives.ReadUInt16BigEndian(file[(int)at..]);
            entries += count;
            if (++pages > MaxPages || entries > MaxEntries)
            {
                return new Failure(
                    FailureCode.PictureCorrupt,
                    $"the TIFF file has more than {MaxPages} pages or {MaxEntries} entries; send its first page alone");
            }

            at = Number(file, at + 2 + (count * EntryLength), isLittle);
        }

        return null;
    }

    private static long Number(ReadOnlySpan<byte> file, long at, bool isLittle)
    {
        if (at + 4 > file.Length) return 0;
        var bytes = file[(int)at..];
        return isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
