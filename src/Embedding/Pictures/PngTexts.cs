using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures;

/// <summary>
/// Compressed texts and profiles of a PNG. The decoder unpacks each, up to 8 MB, before it knows the picture's size: 900 of them in 6 MB
/// took 0.6 s to read a header that else takes 0.1 ms.
/// </summary>
internal static class PngTexts
{
    private const int Most = 64;

    /// <summary>Whether there are more than any program writes.</summary>
    internal static bool AreTooMany(ReadOnlySpan<byte> file)
    {
        var texts = 0;
        for (var at = 8L; at + 12 <= file.Length; at += 12L + BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]))
        {
            var name = file.Slice((int)at + 4, 4);
            if ((name.SequenceEqual("zTXt"u8) || name.SequenceEqual("iTXt"u8) || name.SequenceEqual("iCCP"u8)) && ++texts > Most) return true;
        }

        return false;
    }
}
