using System.Buffers.Binary;
using ImageSearch.Embedding.Pictures.Completeness;
using ImageSearch.Memory;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>
/// Limits the segments of a JPEG. A progressive file can have any number of scans, and each costs a pass over all coefficients: 880 scans,
/// in 60 KB for 16 megapixels, took 9 s; the ten that encoders write take 0.1 s. Comments and application segments can occur anywhere in
/// any number; libvips keeps each.
/// </summary>
internal static class JpegStructure
{
    // Encoders write 1 to about 25.
    private const int MaxScans = 50;

    // A code of arithmetic coding can stand for any number of values, so the bytes do not bound the work of a scan, and all scans are
    // decoded in one call. Browsers don't support it at all.
    private const int MaxArithmeticScans = 1;

    // Tables and frames; encoders write fewer than 10 per scan.
    private const int MaxSegments = 1000;

    // A profile has at most 255 segments; cameras write about ten others.
    private const int MaxRetained = 300;

    /// <summary>Walks the segments of the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="maxDropped">See <see cref="FileParts"/>.</param>
    /// <param name="copy">The file without segments that do not affect pixels, if there are many; otherwise null.</param>
    internal static Failure? Reduce(ReadOnlySpan<byte> file, int maxDropped, out PictureBuffer? copy)
    {
        copy = null;
        var parts = new FileParts(maxDropped);
        var kept = new SegmentsToKeep();
        var (scans, segments, maxScans) = (0, 0, MaxScans);
        // The end of the last segment, and the offset after the marker that follows it.
        var (end, at) = (0, 2);
        while (JpegMarker.Next(file, ref at, out var from) is { } marker && marker != JpegMarker.EndOfImage)
        {
            if (JpegMarker.IsAlone(marker)) continue;
            if (marker == JpegMarker.StartOfScan && ++scans > maxScans) return Rejected("scans");
            if (marker is 0xC9 or 0xCA or 0xCB or >= 0xCD and <= 0xCF) maxScans = MaxArithmeticScans;
            if (at + 2 > file.Length) break;
            var next = Math.Min(at + BinaryPrimitives.ReadUInt16BigEndian(file[at..]), file.Length);
            if (IsDroppable(marker) && !kept.Keeps(marker, file[Math.Min(at + 2, next)..next]))
            {
                parts.Keep(end, from - end);
                parts.Drop();
                end = next;
            }
            else if (++segments > MaxSegments)
            {
                return Rejected("segments");
            }

            at = next;
        }

        if (parts.Dropped <= MaxRetained) return null;
        parts.Keep(end, file.Length - end);
        copy = parts.Join(file);
        return null;
    }

    private static bool IsDroppable(byte marker) =>
        marker is JpegMarker.Comment or (>= JpegMarker.FirstApplication and <= JpegMarker.LastApplication);

    private static Failure Rejected(string what) =>
        new(FailureCode.PictureCorrupt, $"the JPEG file has more {what} than any encoder writes; save it again");

    /// <summary>The application segments that affect pixels: JFIF, EXIF, the color profile and Adobe's color transform.</summary>
    private struct SegmentsToKeep
    {
        private int _jfif;
        private int _exif;
        private int _profile;
        private int _adobe;

        internal bool Keeps(byte marker, ReadOnlySpan<byte> content) => marker switch
        {
            _ when content.Length < 5 => false,
            0xE0 => ++_jfif <= 2,
            0xE1 => content.StartsWith("Exif\0"u8) && ++_exif == 1,
            0xE2 => content.StartsWith("ICC_PROFILE\0"u8) && ++_profile <= 255,
            0xEE => content.StartsWith("Adobe"u8) && ++_adobe == 1,
            _ => false,
        };
    }
}
