using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures.Whole;

/// <summary>Ends a WebP that was cut behind its picture, or behind the first of its frames, which is the one that is looked at.</summary>
internal static class WebPCopy
{
    private const int Header = 12;

    /// <summary>Whether the file is shorter than it says.</summary>
    internal static bool IsCutOff(ReadOnlySpan<byte> file) =>
        file.Length < Header || BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) > (uint)file.Length - 8;

    /// <summary>The chunks that are whole, in a file of that length.</summary>
    internal static byte[] Of(ReadOnlySpan<byte> file)
    {
        var at = (long)Header;
        while (at + 8 <= file.Length)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(int)(at + 4)..]);
            if (at + 8 + length > file.Length) break;
            at += 8 + length + (length & 1);
        }

        // The byte that makes an odd chunk even may be missing too.
        var copy = new byte[at];
        file[..(int)Math.Min(at, file.Length)].CopyTo(copy);
        if (copy.Length >= Header) BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(4), (uint)copy.Length - 8);
        return copy;
    }
}
