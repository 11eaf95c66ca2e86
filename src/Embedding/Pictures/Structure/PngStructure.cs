using System.Buffers.Binary;
using ImageSearch.Memory;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>
/// Limits the chunks of a PNG. The decoder decompresses each text, up to 8 MB, before it knows the picture's size, and opens the file again
/// for each view: 60 texts in 490 KB took 2.3 s.
/// </summary>
internal static class PngStructure
{
    private const int Signature = 8;
    private const int ChunkOverhead = 12;
    private const int MaxRetained = 64;

    /// <summary>Walks the chunks of the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="maxDropped">See <see cref="FileParts"/>.</param>
    /// <param name="copy">
    /// The file without texts, further profiles and frames, if there are compressed texts or many chunks; otherwise null.
    /// </param>
    internal static Failure? Reduce(ReadOnlySpan<byte> file, int maxDropped, out PictureBuffer? copy)
    {
        copy = null;
        var parts = new FileParts(maxDropped);
        var (hasText, profiles, end) = (false, 0, Signature);
        parts.Keep(0, Signature);
        for (var at = (long)Signature; at + ChunkOverhead <= file.Length; at = end)
        {
            var start = (int)at;
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[start..]);
            var name = (Chunk)BinaryPrimitives.ReadUInt32BigEndian(file[(start + 4)..]);
            end = (int)Math.Min(at + ChunkOverhead + length, file.Length);
            hasText |= name is Chunk.CompressedText or Chunk.Text;
            if (IsNeeded(name, length, ref profiles)) parts.Keep(start, end - start);
            else parts.Drop();
            if (name == Chunk.End) break;
        }

        if (!hasText && profiles <= 1 && parts.Dropped <= MaxRetained) return null;
        // Bytes after the last whole chunk are left to the decoder.
        parts.Keep(end, file.Length - end);
        copy = parts.Join(file);
        return null;
    }

    private static bool IsNeeded(Chunk name, uint length, ref int profiles) => name switch
    {
        Chunk.Data => length > 0,
        Chunk.Profile => ++profiles == 1,
        Chunk.Gamma or Chunk.Primaries or Chunk.StandardRgb or Chunk.SignificantBits or Chunk.Transparency or Chunk.Exif => true,
        // A name that starts with a capital letter is critical for decoding.
        _ => ((uint)name & 0x2000_0000) == 0,
    };

    /// <summary>Names of chunks, as four ASCII letters.</summary>
    private enum Chunk : uint
    {
        /// <summary>IDAT.</summary>
        Data = 0x4944_4154,

        /// <summary>IEND.</summary>
        End = 0x4945_4E44,

        /// <summary>iCCP.</summary>
        Profile = 0x6943_4350,

        /// <summary>iTXt, compressed or not.</summary>
        Text = 0x6954_5874,

        /// <summary>zTXt.</summary>
        CompressedText = 0x7A54_5874,

        /// <summary>gAMA.</summary>
        Gamma = 0x6741_4D41,

        /// <summary>cHRM.</summary>
        Primaries = 0x6348_524D,

        /// <summary>sRGB.</summary>
        StandardRgb = 0x7352_4742,

        /// <summary>sBIT.</summary>
        SignificantBits = 0x7342_4954,

        /// <summary>tRNS.</summary>
        Transparency = 0x7452_4E53,

        /// <summary>eXIf.</summary>
        Exif = 0x6558_4966,
    }
}
