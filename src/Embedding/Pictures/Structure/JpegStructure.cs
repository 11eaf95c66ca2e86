using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures;

/// <summary>
/// The segments of a JPEG. A progressive file may have any number of scans, each of which costs a pass over all of the picture's
/// coefficients: 880 of them, in 60 KB for 16 megapixels, took 9 s where the ten that encoders write take a tenth of a second. Comments and
/// applications' segments may stand anywhere in any number; libvips keeps each.
/// </summary>
internal static class JpegStructure
{
    // Encoders write 1 to about 25.
    private const int MostScans = 50;

    // Its codes may stand for any number of values, so that bytes do not bound the work of a scan, and all scans are one call. Browsers don't
    // take it at all.
    private const int MostArithmeticScans = 1;

    // Tables and frames; encoders write less than 10 a scan.
    private const int MostSegments = 1000;

    // A profile has at most 255 segments; cameras write some ten others.
    private const int MostToSpare = 300;

    private const byte Marker = 0xFF;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte Comment = 0xFE;
    private const byte FirstApplication = 0xE0;
    private const byte LastApplication = 0xEF;

    /// <summary>Walks the file's segments.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mostDropped">See <see cref="FileParts"/>.</param>
    /// <param name="copy">The file without segments that say nothing of its pixels, where it is full of them.</param>
    internal static Failure? Reduce(ReadOnlySpan<byte> file, int mostDropped, out PictureBuffer? copy)
    {
        copy = null;
        var parts = new FileParts(mostDropped);
        var kept = new ApplicationSegments();
        var (scans, segments, mostScans) = (0, 0, MostScans);
        // Behind a segment, and behind the marker that follows it.
        var (end, at) = (0, 2);
        while (NextMarker(file, ref at) is { } marker && marker != EndOfImage)
        {
            if (marker == StartOfScan && ++scans > mostScans) return Refused("scans");
            if (marker is 0xC9 or 0xCA or 0xCB or >= 0xCD and <= 0xCF) mostScans = MostArithmeticScans;
            if (at + 2 > file.Length) break;
            var next = Math.Min(at + BinaryPrimitives.ReadUInt16BigEndian(file[at..]), file.Length);
            if (marker is Comment or (>= FirstApplication and <= LastApplication) && !kept.Keeps(marker, file[Math.Min(at + 2, next)..next]))
            {
                parts.Keep(end, at - 2 - end);
                parts.Drop();
                end = next;
            }
            else if (++segments > MostSegments)
            {
                return Refused("segments");
            }

            at = next;
        }

        if (parts.Dropped <= MostToSpare) return null;
        parts.Keep(end, file.Length - end);
        copy = parts.Join(file);
        return null;
    }

    private static Failure Refused(string what) =>
        new(FailureCode.PictureCorrupt, $"the JPEG file has more {what} than any encoder writes; save it anew");

    /// <summary>Passes over picture data and fill bytes to the next marker that begins a segment or ends the picture.</summary>
    private static byte? NextMarker(ReadOnlySpan<byte> file, ref int at)
    {
        while (at < file.Length)
        {
            // Most segments follow one another; a search costs ten times as much as a look.
            var found = file[at] == Marker ? 0 : file[at..].IndexOf(Marker);
            if (found < 0) return null;
            at += found + 1;
            if (at >= file.Length) return null;
            var code = file[at];
            // A stuffed zero, a fill byte, and markers without a segment: TEM, RST0 to RST7 and SOI.
            if (code == Marker) continue;
            at++;
            if (code is not (0 or 1) and not (>= 0xD0 and <= 0xD8)) return code;
        }

        return null;
    }

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
