using System.Buffers.Binary;
using System.Text;

namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>
/// Repairs the end of a WebP that is truncated after its picture or after its first frame, which is the one that is decoded.
/// </summary>
internal static class WebPCopy
{
    private const int Header = 12;

    private static readonly string[] Chunks = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP", "EXIF", "XMP "];

    /// <summary>Whether the file is shorter than it declares.</summary>
    internal static bool IsTruncated(ReadOnlySpan<byte> file) =>
        file.Length < Header || BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) > (uint)file.Length - 8;

    /// <summary>Copies the complete chunks and corrects the length of the file.</summary>
    /// <returns>The copy, or null if they are not followed by the start of a chunk, because bytes are missing within.</returns>
    internal static byte[]? Of(ReadOnlySpan<byte> file)
    {
        var at = (long)Header;
        while (at + 8 <= file.Length)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(int)(at + 4)..]);
            if (at + 8 + length > file.Length) break;
            at += 8 + length + (length & 1);
        }

        if (at < file.Length && !StartsChunk(file[(int)at..])) return null;
        // The padding byte of a chunk of odd length may be missing too.
        var copy = new byte[at];
        file[..(int)Math.Min(at, file.Length)].CopyTo(copy);
        if (copy.Length >= Header) BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(4), (uint)copy.Length - 8);
        return copy;
    }

    private static bool StartsChunk(ReadOnlySpan<byte> rest)
    {
        foreach (var name in Chunks)
        {
            var letters = Math.Min(rest.Length, name.Length);
            if (Encoding.ASCII.GetString(rest[..letters]) == name[..letters]) return true;
        }

        return false;
    }
}
