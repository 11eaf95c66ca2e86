using System.Buffers.Binary;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Pictures.Completeness;

/// <summary>
/// Irregularities of JPEG files from cameras and programs that decoders ignore. Each returns null if it does not apply to the file.
/// </summary>
internal static class JpegOddities
{
    internal static byte[]? FillBytes(PictureType type, byte[] file, Random random)
    {
        if (type != PictureType.Jpeg) return null;
        var places = Markers(file);
        var at = places[random.Next(places.Count)];
        return [.. file[..at], .. Enumerable.Repeat((byte)0xFF, random.Next(1, 40)), .. file[at..]];
    }

    internal static byte[]? Segment(PictureType type, byte[] file, Random random)
    {
        if (type != PictureType.Jpeg) return null;
        var body = new byte[random.Next(0, 3000)];
        random.NextBytes(body);
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(body.Length + 2));
        var marker = (byte)(random.Next(2) == 0 ? 0xFE : 0xE3 + random.Next(8));
        return [.. file[..2], 0xFF, marker, .. length, .. body, .. file[2..]];
    }

    internal static byte[]? StrayBytes(PictureType type, byte[] file, Random random)
    {
        if (type != PictureType.Jpeg) return null;
        var stray = new byte[random.Next(1, 17)];
        random.NextBytes(stray);
        return [.. file[..^2], .. stray.Select(value => value == 0xFF ? (byte)0 : value), .. file[^2..]];
    }

    internal static byte[]? WithoutRestart(PictureType type, byte[] file, Random random)
    {
        var restarts = type == PictureType.Jpeg ? Markers(file).Where(at => file[at + 1] is >= 0xD0 and <= 0xD7).ToList() : [];
        if (restarts.Count == 0) return null;
        var at = restarts[random.Next(restarts.Count)];
        return [.. file[..at], .. file[(at + 2)..]];
    }

    // The markers of the segments and those within the scans.
    private static List<int> Markers(byte[] file)
    {
        var places = new List<int>();
        for (var at = 2; at + 4 <= file.Length;)
        {
            if (file[at] != 0xFF || file[at + 1] is 0 or 0xFF)
            {
                at++;
                continue;
            }

            places.Add(at);
            at += file[at + 1] is >= 0xD0 and <= 0xD9 ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2));
        }

        return places;
    }
}
