using System.Buffers.Binary;
using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Snapshots;

/// <summary>
/// The first 512 bytes of a snapshot, little-endian: magic (8 bytes); format, dimension, slot count, row count (4 each); entry point (8);
/// 1 if there is a graph, layout constants (4 each); measured beam width, its recall in 1/10,000 (2 each), number of nodes at that time
/// (4), all zeros if it was not measured; for each section offset, length (8 each), checksum, zeros (4
/// each); the recall that the width was measured for in 1/10,000 (4); zeros up to the last 4 bytes, which are the checksum of all bytes before. Sections follow without gaps, in the order of <see
/// cref="SnapshotSection"/>.
/// </summary>
internal sealed class SnapshotHeader
{
    public const int Size = 512;
    public const int SectionCount = 8;
    private const int Format = 1;
    private const int FirstSectionOffset = 48;
    private const int SectionSize = 24;
    private const int TargetRecallOffset = FirstSectionOffset + (SectionCount * SectionSize);
    private const int RecallUnits = 10_000;
    private const int LinksShift = 20;
    private const int LayoutConstants = (GraphShape.UpperLinks << 12) | (GraphShape.MaxHeight << 4) | ExactVectors.BlocksInMemory;

    public int Dimension { get; init; }

    public int SlotCount { get; init; }

    public int RowCount { get; init; }

    public long EntryPoint { get; init; }

    public bool HasGraph { get; init; }

    /// <summary>Links per slot in <see cref="SnapshotSection.BaseLinks"/>: snapshots of an index with fewer are read too.</summary>
    public int BaseLinks { get; init; } = GraphShape.BaseLinks;

    /// <summary>The measured beam width, 0 if it was not measured.</summary>
    public int SearchWidth { get; init; }

    public double Recall { get; init; }

    /// <summary>Number of nodes when the width was measured.</summary>
    public int MeasuredNodes { get; init; }

    /// <summary>The recall that the width was measured for.</summary>
    public double TargetRecall { get; init; }

    public (long Offset, long Length, uint Checksum)[] Sections { get; } = new (long, long, uint)[SectionCount];

    private static ReadOnlySpan<byte> Magic => "ISINDEX\n"u8;

    public byte[] Write()
    {
        var bytes = new byte[Size];
        Magic.CopyTo(bytes);
        Span<byte> rest = bytes.AsSpan(Magic.Length);
        foreach (int value in (ReadOnlySpan<int>)[Format, Dimension, SlotCount, RowCount])
            rest = WriteInt32(rest, value);
        BinaryPrimitives.WriteInt64LittleEndian(rest, EntryPoint);
        rest = WriteInt32(rest[sizeof(long)..], HasGraph ? 1 : 0);
        rest = WriteInt32(rest, LayoutConstants | (BaseLinks << LinksShift));
        rest = WriteInt32(rest, (int)Math.Round(Recall * RecallUnits) << 16 | SearchWidth);
        _ = WriteInt32(rest, MeasuredNodes);
        for (int i = 0; i < SectionCount; i++)
        {
            Span<byte> section = bytes.AsSpan(FirstSectionOffset + (i * SectionSize));
            BinaryPrimitives.WriteInt64LittleEndian(section, Sections[i].Offset);
            BinaryPrimitives.WriteInt64LittleEndian(section[8..], Sections[i].Length);
            BinaryPrimitives.WriteUInt32LittleEndian(section[16..], Sections[i].Checksum);
        }

        _ = WriteInt32(bytes.AsSpan(TargetRecallOffset), (int)Math.Round(TargetRecall * RecallUnits));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Size - sizeof(uint)), Checksum.Of(bytes.AsSpan(0, Size - sizeof(uint))));
        return bytes;
    }

    /// <exception cref="SnapshotException">The bytes are not a valid header of this format.</exception>
    public static SnapshotHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Magic))
            throw new SnapshotException("it is not a snapshot of a vector index");
        int format = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (Checksum.Of(bytes[..(Size - sizeof(uint))]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[(Size - sizeof(uint))..]))
        {
            throw new SnapshotException(format > Format
                ? $"it has format {format}; this version reads format {Format}"
                : "its header is damaged");
        }

        if (format != Format)
            throw new SnapshotException($"it has format {format}; this version reads format {Format}");
        int layout = BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]);
        int baseLinks = layout >> LinksShift;
        if ((layout & ((1 << LinksShift) - 1)) != LayoutConstants || baseLinks is < 1 or > GraphShape.BaseLinks)
            throw new SnapshotException("its graph or vector file has a different layout");
        var header = new SnapshotHeader
        {
            Dimension = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            SlotCount = BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            RowCount = BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]),
            EntryPoint = BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BaseLinks = baseLinks,
            SearchWidth = BinaryPrimitives.ReadUInt16LittleEndian(bytes[40..]),
            Recall = BinaryPrimitives.ReadUInt16LittleEndian(bytes[42..]) / (double)RecallUnits,
            MeasuredNodes = BinaryPrimitives.ReadInt32LittleEndian(bytes[44..]),
            TargetRecall = BinaryPrimitives.ReadInt32LittleEndian(bytes[TargetRecallOffset..]) / (double)RecallUnits,
            HasGraph = BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]) != 0,
        };
        for (int i = 0; i < SectionCount; i++)
        {
            ReadOnlySpan<byte> section = bytes[(FirstSectionOffset + (i * SectionSize))..];
            header.Sections[i] = (
                BinaryPrimitives.ReadInt64LittleEndian(section),
                BinaryPrimitives.ReadInt64LittleEndian(section[8..]),
                BinaryPrimitives.ReadUInt32LittleEndian(section[16..]));
        }

        return header;
    }

    private static Span<byte> WriteInt32(Span<byte> bytes, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes[sizeof(int)..];
    }
}
