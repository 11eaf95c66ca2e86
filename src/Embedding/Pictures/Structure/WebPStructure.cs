using System.Buffers.Binary;
using ImageSearch.Memory;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>Reduces a WebP to its first frame. Its decoder walks all frames for each frame: 10,000 take 0.1 s, 380,000 minutes.</summary>
internal static class WebPStructure
{
    private const int Riff = 12;
    private const int ChunkHeader = 8;
    private const int FrameHeader = 16;
    private const int MaxRetained = 16;
    private static readonly byte[] Zeros = new byte[128];

    /// <summary>Whether the extended header declares an animation.</summary>
    internal static bool IsAnimated(ReadOnlySpan<byte> file) => file.Length > 20 && file[12..16].SequenceEqual("VP8X"u8) && (file[20] & 2) != 0;

    /// <summary>Walks the chunks of the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="maxDropped">See <see cref="FileParts"/>.</param>
    /// <param name="copy">The first picture with its metadata, if there are several pictures or many chunks; otherwise null.</param>
    internal static Failure? Reduce(ReadOnlySpan<byte> file, int maxDropped, out PictureBuffer? copy)
    {
        copy = null;
        var parts = new FileParts(maxDropped);
        parts.Keep(0, Math.Min(Riff, file.Length));
        // Bytes after the RIFF container do not belong to the picture.
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
            // After the first frame only EXIF matters; in a still picture any chunk may.
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

        if (frames <= 1 && parts.Dropped <= MaxRetained) return null;
        copy = parts.Join(file);
        var joined = copy.Content.Span;
        BinaryPrimitives.WriteUInt32LittleEndian(joined[4..], (uint)(joined.Length - 8));
        if (frames > 0) BinaryPrimitives.WriteUInt32LittleEndian(joined[(frame.At + 4)..], (uint)(frame.Kept - ChunkHeader));
        return null;
    }

    // A frame contains chunks: its picture and optionally its alpha channel.
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

    // Without a valid name at this offset, the file was overwritten or lacks bytes.
    private static bool IsName(ReadOnlySpan<byte> name) => !name.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    // Both codings decode any bytes, so nothing else detects a run of zeros, as in a broken download. Valid compressed data has no run of
    // this length.
    private static bool LacksData(ReadOnlySpan<byte> name, ReadOnlySpan<byte> chunk) =>
        (name.SequenceEqual("VP8 "u8) || name.SequenceEqual("VP8L"u8)) && chunk.IndexOf(Zeros) >= 0;

    private static int End(ReadOnlySpan<byte> file, int at)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
        return (int)Math.Min(at + ChunkHeader + (long)length + (length & 1), file.Length);
    }

    /// <summary>Detects the first chunk of each needed name.</summary>
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
