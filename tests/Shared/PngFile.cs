using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ImageSearch.Testing;

/// <summary>Writes PNG files whose headers may be false.</summary>
internal static class PngFile
{
    /// <summary>A black RGB picture.</summary>
    /// <param name="width">The width in the header.</param>
    /// <param name="height">The height in the header.</param>
    /// <param name="interlaced">The interlacing in the header.</param>
    /// <param name="rows">The actual number of rows.</param>
    /// <param name="extra">A chunk between header and pixels.</param>
    internal static byte[] Black(int width, int height, bool interlaced = false, int? rows = null, (string Name, byte[] Data)? extra = null)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (8, 2, interlaced ? (byte)1 : (byte)0);
        return
        [
            0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A,
            .. Chunk("IHDR", header),
            .. extra is var (name, data) ? Chunk(name, data) : [],
            .. Chunk("IDAT", Compress(new byte[((width * 3) + 1L) * (rows ?? height)])),
            .. Chunk("IEND", []),
        ];
    }

    internal static byte[] Chunk(string name, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        byte[] chunk = [.. new byte[4], .. body, .. new byte[4]];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(body));
        return chunk;
    }

    internal static byte[] Compress(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest)) zlib.Write(data);
        return packed.ToArray();
    }

    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
