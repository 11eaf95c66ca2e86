using ImageSearch.Embedding.Pictures.Whole;
using ImageSearch.Embedding.Vips;
using NetVips;

namespace ImageSearch.Embedding.Pictures;

/// <summary>Reads and checks a picture's header: what comes through may be decoded.</summary>
internal sealed class PictureHeaderReader(bool allowTiff, bool allowAvif)
{
    // NetVips starts libvips as soon as code that uses it is compiled.
    static PictureHeaderReader() => VipsLibrary.EnsureStarted();

    /// <summary>Reads the header in well under a millisecond.</summary>
    /// <param name="file">The file's bytes; pinned only during the call.</param>
    /// <returns>The header, or why the picture is refused.</returns>
    internal unsafe Result<PictureHeader> Read(ReadOnlySpan<byte> file)
    {
        if (PictureSignature.Find(file) is not { } type) return Unknown("the bytes are no picture");
        if (type == PictureType.Tiff && !allowTiff) return Unknown("TIFF pictures are not taken here");
        if (type == PictureType.Avif && !allowAvif) return Unknown("AVIF pictures are not taken here");
        if (FileEnd.IsCutOff(type, file)) return PictureFailure.Truncated(type);

        if (type == PictureType.Png && PngTexts.AreTooMany(file))
            return new Failure(FailureCode.PictureCorrupt, "the PNG file is full of compressed texts; save it without them");

        if (type == PictureType.Jpeg && JpegScans.AreTooMany(file))
            return new Failure(FailureCode.PictureCorrupt, "the JPEG file has more scans than any encoder writes; save it anew");

        PictureHeader header;
        try
        {
            // Pixels are judged when they are decoded.
            var whole = PictureReading.CopyToOpen(type, file) ?? file;
            fixed (byte* pin = whole)
            {
                using var scope = new VipsScope();
                var image = scope.Keep(PictureFile.Open(type, whole, LoadShrink.None, Enums.FailOn.None));
                header = new PictureHeader(
                    type,
                    image.Width,
                    image.Height,
                    PictureFields.OrientationOf(image),
                    image.Bands * BytesOf(image.Format),
                    type is PictureType.Jpeg or PictureType.Png && PictureFields.IsInterlaced(image));
            }
        }
        catch (VipsException)
        {
            return PictureFailure.Unreadable(type, file);
        }

        return DecodeLimits.Check(header) is { } refusal ? refusal : header;
    }

    private static int BytesOf(Enums.BandFormat format) =>
        format switch { Enums.BandFormat.Uchar => 1, Enums.BandFormat.Ushort => 2, _ => 8 };

    private Failure Unknown(string fact)
    {
        string[] types = ["JPEG", "PNG", "WebP", "GIF", .. allowTiff ? ["TIFF"] : Array.Empty<string>(), .. allowAvif ? ["AVIF"] : Array.Empty<string>()];
        return new Failure(FailureCode.PictureTypeUnknown, $"{fact}; send {string.Join(", ", types[..^1])} or {types[^1]}");
    }
}
