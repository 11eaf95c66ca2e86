using System.Buffers.Binary;
using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Snapshots;

/// <summary>
/// The first bytes of a snapshot, little-endian: 8 of name, then format, dimension, slots, rows (4 each), entry of the graph (8), 1 where
/// there is a graph, the graph's constants, blocks whose vectors are in the file (4 each), then 24 a section (offset and length of 8,
/// checksum of 4, 4 zeros), and at the end the checksum of all before. Sections follow without a gap, in the order of
/// <see cref="SnapshotSection"/>.
/// </summary>
internal sealed class SnapshotHeader
{
    public const int Size = 512;
    public const int Sections = 8;
    private const int Format = 1;
    private const int FirstSection = 48;
    private const int SectionSize = 24;
    private const int Constants =
        (GraphShape.BaseLinks << 20) | (GraphShape.UpperLinks << 12) | (GraphShape.GreatestHeight << 4) | ExactVectors.BlocksInMemory;

    public int Dimension { get; init; }

    public int SlotCount { get; init; }

    public int RowCount { get; init; }

    public long Entry { get; init; }

    public bool HasGraph { get; init; }

    public (long Offset, long Length, uint Checksum)[] Parts { get; } = new (long, long, uint)[Sections];

    private static ReadOnlySpan<byte> Name => "ISINDEX\n"u8;

    public byte[] Write()
    {
        var bytes = new byte[Size];
        Name.CopyTo(bytes);
        Span<byte> rest = bytes.AsSpan(Name.Length);
        foreach (int value in (ReadOnlySpan<int>)[Format, Dimension, SlotCount, RowCount])
            rest = Put(rest, value);
        BinaryPrimitives.WriteInt64LittleEndian(rest, Entry);
        rest = Put(rest[sizeof(long)..], HasGraph ? 1 : 0);
        _ = Put(rest, Constants);
        for (int i = 0; i < Sections; i++)
        {
            Span<byte> section = bytes.AsSpan(FirstSection + (i * SectionSize));
            BinaryPrimitives.WriteInt64LittleEndian(section, Parts[i].Offset);
            BinaryPrimitives.WriteInt64LittleEndian(section[8..], Parts[i].Length);
            BinaryPrimitives.WriteUInt32LittleEndian(section[16..], Parts[i].Checksum);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Size - sizeof(uint)), Checksum.Of(bytes.AsSpan(0, Size - sizeof(uint))));
        return bytes;
    }

    /// <exception cref="SnapshotException">It is not what <see cref="Write"/> gave.</exception>
    public static SnapshotHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Name))
            throw new SnapshotException("it is not a snapshot of an index");
        int format = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (Checksum.Of(bytes[..(Size - sizeof(uint))]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[(Size - sizeof(uint))..]))
        {
            throw new SnapshotException(format > Format
                ? $"it has format {format}; this version reads format {Format}"
                : "its header is damaged");
        }

        if (format != Format)
            throw new SnapshotException($"it has format {format}; this version reads format {Format}");
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]) != Constants)
            throw new SnapshotException("it holds a graph of another shape");
        var header = new SnapshotHeader
        {
            Dimension = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            SlotCount = BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            RowCount = BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]),
            Entry = BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            HasGraph = BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]) != 0,
        };
        for (int i = 0; i < Sections; i++)
        {
            ReadOnlySpan<byte> section = bytes[(FirstSection + (i * SectionSize))..];
            header.Parts[i] = (
                BinaryPrimitives.ReadInt64LittleEndian(section),
                BinaryPrimitives.ReadInt64LittleEndian(section[8..]),
                BinaryPrimitives.ReadUInt32LittleEndian(section[16..]));
        }

        return header;
    }

    private static Span<byte> Put(Span<byte> bytes, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes[sizeof(int)..];
    }
}
