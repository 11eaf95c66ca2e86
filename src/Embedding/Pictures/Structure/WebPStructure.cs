using System.Buffers.Binary;
using ImageSearch.Memory;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>The chunks of a WebP. Its decoder walks all frames for each that it finds: 10,000 take 0.1 s, 380,000 minutes.</summary>
internal static class WebPStructure
{
    private const int Riff = 12;
    private const int ChunkHeader = 8;
    private const int FrameHeader = 16;
    private const int MaxToSpare = 16;
    private static readonly byte[] Zeros = new byte[128];

    /// <summary>Whether the extended header says that frames follow.</summary>
    internal static bool IsAnimated(ReadOnlySpan<byte> file) => file.Length > 20 && file[12..16].SequenceEqual("VP8X"u8) && (file[20] & 2) != 0;

    /// <summary>Walks the file's chunks.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mostDropped">See <see cref="FileParts"/>.</param>
    /// <param name="copy">The first picture with what says how it is seen, where there is more than one or many chunks.</param>
    internal static Failure? Reduce(ReadOnlySpan<byte> file, int mostDropped, out PictureBuffer? copy)
    {
        copy = null;
        var parts = new FileParts(mostDropped);
        parts.Keep(0, Math.Min(Riff, file.Length));
        // What follows the picture belongs to somebody else.
        if (file.Length >= Riff) file = file[..(int)Math.Min(file.Length, BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L)];
        var (seen, frames, frame) = (new FirstOfEach(), 0, (At: 0, Kept: 0));
        for (var at = Riff; at + ChunkHeader <= file.Length;)
        {
            var end = End(file, at);
            var name = file.Slice(at, 4);
            if (!IsName(name) || LacksData(name, file[at..end])) return PictureFailure.Damaged(PictureType.WebP);
            if (name.SequenceEqual("ANMF"u8) && ++frames == 1)
            {
                frame.At = parts.Length;
                if (!TryKeepFrame(file, at, end, parts)) return PictureFailure.Damaged(PictureType.WebP);
                frame.Kept = parts.Length - frame.At;
            }
            // Behind the first frame only EXIF has a say; of a still picture any chunk may have.
            else if ((frames <= 1 || name.SequenceEqual("EXIF"u8)) && seen.Add(name))
            {
                parts.Keep(at, end - at);
            }
            else
            {
                parts.Drop();
            }

            at = end;
        }

        if (frames <= 1 && parts.Dropped <= MaxToSpare) return null;
        copy = parts.Join(file);
        var joined = copy.Content.Span;
        BinaryPrimitives.WriteUInt32LittleEndian(joined[4..], (uint)(joined.Length - 8));
        if (frames > 0) BinaryPrimitives.WriteUInt32LittleEndian(joined[(frame.At + 4)..], (uint)(frame.Kept - ChunkHeader));
        return null;
    }

    // A frame has chunks of its own: its picture, and maybe its transparency.
    private static bool TryKeepFrame(ReadOnlySpan<byte> file, int start, int end, FileParts parts)
    {
        var at = Math.Min(start + ChunkHeader + FrameHeader, end);
        parts.Keep(start, at - start);
        var seen = new FirstOfEach();
        while (at + ChunkHeader <= end)
        {
            var next = Math.Min(End(file, at), end);
            var name = file.Slice(at, 4);
            if (!IsName(name) || LacksData(name, file[at..next])) return false;
            if (seen.Add(name)) parts.Keep(at, next - at);
            else parts.Drop();
            at = next;
        }

        return true;
    }

    // Where a name is to stand but none can be, the file was overwritten or lacks bytes.
    private static bool IsName(ReadOnlySpan<byte> name) => !name.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    // Both codings decode whatever they are given, so that a stretch of zeros, as broken downloads leave, is seen by nothing else. Packed
    // data have none of this length.
    private static bool LacksData(ReadOnlySpan<byte> name, ReadOnlySpan<byte> chunk) =>
        (name.SequenceEqual("VP8 "u8) || name.SequenceEqual("VP8L"u8)) && chunk.IndexOf(Zeros) >= 0;

    private static int End(ReadOnlySpan<byte> file, int at)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
        return (int)Math.Min(at + ChunkHeader + (long)length + (length & 1), file.Length);
    }

    /// <summary>Tells the first chunk of each needed name from all others.</summary>
    private struct FirstOfEach
    {
        private int _seen;

        internal bool Add(ReadOnlySpan<byte> name)
        {
            var bit = name.SequenceEqual("VP8X"u8) ? 1
                : name.SequenceEqual("ICCP"u8) ? 2
                : name.SequenceEqual("ANIM"u8) ? 4
                : name.SequenceEqual("ALPH"u8) ? 8
                : name.SequenceEqual("VP8 "u8) ? 16
                : name.SequenceEqual("VP8L"u8) ? 32
                : name.SequenceEqual("EXIF"u8) ? 64
                : 0;
            var isFirst = bit != 0 && (_seen & bit) == 0;
            _seen |= bit;
            return isFirst;
        }
    }
}
