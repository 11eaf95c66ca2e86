using System.Buffers.Binary;
using ImageSearch.Embedding.Pictures.Whole;
using ImageSearch.Memory;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>
/// The segments of a JPEG. A progressive file may have any number of scans, each of which costs a pass over all of the picture's
/// coefficients: 880 of them, in 60 KB for 16 megapixels, took 9 s where the ten that encoders write take a tenth of a second. Comments and
/// applications' segments may stand anywhere in any number; libvips keeps each.
/// </summary>
internal static class JpegStructure
{
    // Encoders write 1 to about 25.
    private const int MaxScans = 50;

    // Its codes may stand for any number of values, so that bytes do not bound the work of a scan, and all scans are one call. Browsers don't
    // take it at all.
    private const int MaxArithmeticScans = 1;

    // Tables and frames; encoders write less than 10 a scan.
    private const int MaxSegments = 1000;

    // A profile has at most 255 segments; cameras write some ten others.
    private const int MaxToSpare = 300;

    /// <summary>Walks the file's segments.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mostDropped">See <see cref="FileParts"/>.</param>
    /// <param name="copy">The file without segments that say nothing of its pixels, where it is full of them.</param>
    internal static Failure? Reduce(ReadOnlySpan<byte> file, int mostDropped, out PictureBuffer? copy)
    {
        copy = null;
        var parts = new FileParts(mostDropped);
        var kept = new ApplicationSegments();
        var (scans, segments, mostScans) = (0, 0, MaxScans);
        // Behind a segment, and behind the marker that follows it.
        var (end, at) = (0, 2);
        while (JpegMarker.Next(file, ref at, out var from) is { } marker && marker != JpegMarker.EndOfImage)
        {
            if (JpegMarker.IsAlone(marker)) continue;
            if (marker == JpegMarker.StartOfScan && ++scans > mostScans) return Refused("scans");
            if (marker is 0xC9 or 0xCA or 0xCB or >= 0xCD and <= 0xCF) mostScans = MaxArithmeticScans;
            if (at + 2 > file.Length) break;
            var next = Math.Min(at + BinaryPrimitives.ReadUInt16BigEndian(file[at..]), file.Length);
            if (IsSpare(marker) && !kept.Keeps(marker, file[Math.Min(at + 2, next)..next]))
            {
                parts.Keep(end, from - end);
                parts.Drop();
                end = next;
            }
            else if (++segments > MaxSegments)
            {
                return Refused("segments");
            }

            at = next;
        }

        if (parts.Dropped <= MaxToSpare) return null;
        parts.Keep(end, file.Length - end);
        copy = parts.Join(file);
        return null;
    }

    private static bool IsSpare(byte marker) =>
        marker is JpegMarker.Comment or (>= JpegMarker.FirstApplication and <= JpegMarker.LastApplication);

    private static Failure Refused(string what) =>
        new(FailureCode.PictureCorrupt, $"the JPEG file has more {what} than any encoder writes; save it anew");

    /// <summary>The applications' segments that have a say in how pixels are seen: JFIF, EXIF, the profile and Adobe's colours.</summary>
    private struct ApplicationSegments
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
