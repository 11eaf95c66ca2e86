using ImageSearch.Embedding.Pictures.Structure;
using ImageSearch.Embedding.Pictures.Completeness;
using ImageSearch.Embedding.Vips;
using NetVips;

namespace ImageSearch.Embedding.Pictures;

/// <summary>Reads and checks the header of a picture. A picture that passes can be decoded.</summary>
internal sealed class PictureHeaderReader(EmbeddingOptions options)
{
    private readonly DecodeLimits _limits = new(options.MegapixelLimit, options.DecodeMemoryMegabytes);

    // NetVips starts libvips as soon as code that uses it is JIT-compiled.
    static PictureHeaderReader() => VipsLibrary.EnsureStarted();

    /// <summary>Returns the type by the file's first bytes, or why it is not accepted.</summary>
    internal Result<PictureType> TypeOf(ReadOnlySpan<byte> file) => PictureTypes.Find(file, options);

    /// <summary>Reads the header in well under a millisecond.</summary>
    /// <param name="type">The type by the file's signature.</param>
    /// <param name="file">The file's bytes, whose structure is checked; pinned only during the call.</param>
    /// <returns>The header, or the failure.</returns>
    internal unsafe Result<PictureHeader> Read(PictureType type, ReadOnlySpan<byte> file)
    {
        PictureHeader header;
        try
        {
            // Whether the pixels are complete is checked when they are decoded.
            var whole = DecodePlan.CopyToOpen(type, file) ?? file;
            fixed (byte* pin = whole)
            {
                using var scope = new VipsScope();
                var image = scope.Keep(PictureFile.Open(type, whole, LoadShrink.None, Enums.FailOn.None));
                header = new PictureHeader
                {
                    Type = type,
                    StoredWidth = image.Width,
                    StoredHeight = image.Height,
                    Orientation = PictureFields.OrientationOf(image),
                    BytesPerPixel = image.Bands * BytesOf(image.Format),
                    IsInterlaced = type is PictureType.Jpeg or PictureType.Png && PictureFields.IsInterlaced(image),
                    IsAnimated = type == PictureType.WebP && WebPStructure.IsAnimated(file),
                };
            }
        }
        catch (VipsException)
        {
            return PictureFailure.Unreadable(type, file);
        }

        return _limits.Check(header) is { } rejection ? rejection : header;
    }

    private static int BytesOf(Enums.BandFormat format) =>
        format switch { Enums.BandFormat.Uchar => 1, Enums.BandFormat.Ushort => 2, _ => 8 };
}
