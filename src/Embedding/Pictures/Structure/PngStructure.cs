using System.Buffers.Binary;
using ImageSearch.Memory;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>
/// The chunks of a PNG. The decoder unpacks each text, up to 8 MB, before it knows the picture's size, and it opens the file anew for each
/// view: 60 of them in 490 KB took 2.3 s.
/// </summary>
internal static class PngStructure
{
    private const int Signature = 8;
    private const int Around = 12;
    private const int MaxToSpare = 64;

    /// <summary>Walks the file's chunks.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mostDropped">See <see cref="FileParts"/>.</param>
    /// <param name="copy">The file without texts, further profiles and frames, where there are packed texts or many chunks.</param>
    internal static Failure? Reduce(ReadOnlySpan<byte> file, int mostDropped, out PictureBuffer? copy)
    {
        copy = null;
        var parts = new FileParts(mostDropped);
        var (packed, profiles, end) = (false, 0, Signature);
        parts.Keep(0, Signature);
        for (var at = (long)Signature; at + Around <= file.Length; at = end)
        {
            var start = (int)at;
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[start..]);
            var name = (Chunk)BinaryPrimitives.ReadUInt32BigEndian(file[(start + 4)..]);
            end = (int)Math.Min(at + Around + length, file.Length);
            packed |= name is Chunk.PackedText or Chunk.Text;
            if (IsNeeded(name, length, ref profiles)) parts.Keep(start, end - start);
            else parts.Drop();
            if (name == Chunk.End) break;
        }

        if (!packed && profiles <= 1 && parts.Dropped <= MaxToSpare) return null;
        // What follows the last whole chunk is its decoder's matter.
        parts.Keep(end, file.Length - end);
        copy = parts.Join(file);
        return null;
    }

    private static bool IsNeeded(Chunk name, uint length, ref int profiles) => name switch
    {
        Chunk.Data => length > 0,
        Chunk.Profile => ++profiles == 1,
        Chunk.Gamma or Chunk.Primaries or Chunk.StandardRgb or Chunk.SignificantBits or Chunk.Transparency or Chunk.Exif => true,
        // A capital letter begins the name of what a decoder must understand.
        _ => ((uint)name & 0x2000_0000) == 0,
    };

    /// <summary>Names of chunks: four letters each.</summary>
    private enum Chunk : uint
    {
        /// <summary>IDAT.</summary>
        Data = 0x4944_4154,

        /// <summary>IEND.</summary>
        End = 0x4945_4E44,

        /// <summary>iCCP.</summary>
        Profile = 0x6943_4350,

        /// <summary>iTXt, packed or not.</summary>
        Text = 0x6954_5874,

        /// <summary>zTXt.</summary>
        PackedText = 0x7A54_5874,

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
