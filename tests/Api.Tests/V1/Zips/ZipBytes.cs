using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ImageSearch.Api.Tests.V1.Zips;

/// <summary>Writes ZIPs, also such as no program writes.</summary>
internal sealed class ZipBytes
{
    private readonly ArrayBufferWriter<byte> _zip = new();
    private readonly ArrayBufferWriter<byte> _directory = new();
    private int _count;

    /// <summary>Bytes before the ZIP.</summary>
    public int Prefix { get; init; }

    public ZipBytes Add(string name, byte[] content, ZipFileChoices? choices = null) => Add(Encoding.UTF8.GetBytes(name), content, choices);

    public ZipBytes Add(byte[] name, byte[] content, ZipFileChoices? choices = null)
    {
        choices ??= new ZipFileChoices();
        var packed = choices.Method == 8 ? Deflate(content) : content;
        var offset = (uint)_zip.WrittenCount;
        var header = new byte[30];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034b50);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), (ushort)choices.Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)choices.Method);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(26), (ushort)name.Length);
        _zip.Write(header);
        _zip.Write(name);
        _zip.Write(packed);
        AddRecord(name, choices, choices.Crc ?? Crc(content), choices.Packed ?? (uint)packed.Length, choices.Length ?? (uint)content.Length, choices.Offset ?? offset);
        return this;
    }

    /// <summary>A record of the directory alone.</summary>
    public ZipBytes AddRecord(byte[] name, ZipFileChoices choices, uint crc, uint packed, uint length, uint offset)
    {
        var record = new byte[46];
        BinaryPrimitives.WriteUInt32LittleEndian(record, 0x02014b50);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(8), (ushort)choices.Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(10), (ushort)choices.Method);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(16), crc);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(20), choices.Is64 ? uint.MaxValue : packed);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(24), choices.Is64 ? uint.MaxValue : length);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(28), (ushort)name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(30), (ushort)(choices.Is64 ? 28 : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(42), choices.Is64 ? uint.MaxValue : offset);
        _directory.Write(record);
        _directory.Write(name);
        if (choices.Is64)
        {
            var extra = new byte[28];
            BinaryPrimitives.WriteUInt16LittleEndian(extra, 1);
            BinaryPrimitives.WriteUInt16LittleEndian(extra.AsSpan(2), 24);
            BinaryPrimitives.WriteUInt64LittleEndian(extra.AsSpan(4), length);
            BinaryPrimitives.WriteUInt64LittleEndian(extra.AsSpan(12), packed);
            BinaryPrimitives.WriteUInt64LittleEndian(extra.AsSpan(20), offset);
            _directory.Write(extra);
        }

        _count++;
        return this;
    }

    /// <summary>The whole ZIP.</summary>
    /// <param name="count">The number of entries that it claims.</param>
    /// <param name="length">The length of the directory that it claims.</param>
    /// <param name="disk">The number of the part that it is.</param>
    /// <param name="is64">Whether its end is in the format for large files.</param>
    /// <param name="comment">Text at its end.</param>
    public byte[] End(ulong? count = null, ulong? length = null, int disk = 0, bool is64 = false, string comment = "")
    {
        using var all = new MemoryStream();
        all.Write(new byte[Prefix]);
        all.Write(_zip.WrittenSpan);
        var start = (ulong)_zip.WrittenCount;
        all.Write(_directory.WrittenSpan);
        var (entries, bytes) = (count ?? (ulong)_count, length ?? (ulong)_directory.WrittenCount);
        if (is64)
        {
            var record = new byte[76];
            BinaryPrimitives.WriteUInt32LittleEndian(record, 0x06064b50);
            BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(4), 44);
            BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(32), entries);
            BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(40), bytes);
            BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(48), start);
            BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(56), 0x07064b50);
            BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(64), (ulong)(_zip.WrittenCount + _directory.WrittenCount));
            BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(72), 1);
            all.Write(record);
        }

        var end = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(4), (ushort)disk);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), is64 ? ushort.MaxValue : (ushort)entries);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), is64 ? uint.MaxValue : (uint)bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), is64 ? uint.MaxValue : (uint)start);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(20), (ushort)comment.Length);
        all.Write(end);
        all.Write(Encoding.ASCII.GetBytes(comment));
        return all.ToArray();
    }

    /// <summary>The checksum, bit by bit, so that it shares no mistake with the service.</summary>
    public static uint Crc(byte[] content)
    {
        var crc = uint.MaxValue;
        foreach (var value in content)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }

    private static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest)) deflate.Write(content);
        return packed.ToArray();
    }
}

/// <summary>How a file is in a ZIP; numbers that are not null are what the directory claims.</summary>
internal sealed record ZipFileChoices(
    int Method = 8, int Flags = 0x800, uint? Crc = null, uint? Packed = null, uint? Length = null, uint? Offset = null, bool Is64 = false);
