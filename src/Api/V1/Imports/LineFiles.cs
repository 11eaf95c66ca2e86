using System.Buffers;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.V1.Imports;

/// <summary>
/// The files that a line has beside its vectors, to be kept with its row. What is in them is checked when the row is stored, as for the
/// pictures of other lines.
/// </summary>
/// <param name="Thumbnail">The thumbnail; empty for none.</param>
/// <param name="Picture">The picture; empty for none.</param>
internal readonly record struct LineFiles(ReadOnlyMemory<byte> Thumbnail, ReadOnlyMemory<byte> Picture)
{
    /// <summary>The fields.</summary>
    public static readonly string[] Fields = ["thumbnail", "picture"];

    /// <summary>The greatest length of both.</summary>
    public const int MaxBytes = RequestLimits.MaxPictureBytes + KeptPictures.MaxThumbnailBytes;

    private static readonly string Bound = $"a WebP in base64, of at most {KeptPictures.MaxThumbnailBytes} bytes";

    /// <summary>Their lengths; null if there are none.</summary>
    public KeptLengths? Lengths => Thumbnail.IsEmpty && Picture.IsEmpty ? null : new KeptLengths(Thumbnail.Length, Picture.Length);

    /// <summary>Reads them, which overwrites the fields.</summary>
    /// <param name="fields">The line's fields.</param>
    /// <param name="hasVector">Whether the line has a vector.</param>
    /// <param name="keeps">What the table keeps. The rest is left out.</param>
    public static Result<LineFiles> Read(RequestFields fields, bool hasVector, KeepPictures keeps)
    {
        foreach (var name in Fields)
        {
            if (!hasVector && fields.Has(name)) return InvalidField.Missing("vector", $"there beside {name}; a picture that is to be embedded is an image");
        }

        if (!fields.Base64("thumbnail").TryGet(out var thumbnail, out var failure) || !fields.Base64("picture").TryGet(out var picture, out failure))
            return failure;
        if (thumbnail is { Length: > KeptPictures.MaxThumbnailBytes } large) return InvalidField.Of("thumbnail", $"{large.Length} bytes", Bound);
        return new LineFiles(
            keeps >= KeepPictures.Thumbnail && thumbnail is { } small ? small : default, keeps >= KeepPictures.Original && picture is { } file ? file : default);
    }

    /// <summary>Copies them to memory of the client's, one after the other.</summary>
    /// <exception cref="ListUnreadableException">There is no memory left for them.</exception>
    public ClientBuffer Own(BodyMemory memory)
    {
        var buffer = memory.NewBuffer(MaxBytes);
        if (buffer.TryAppend(new ReadOnlySequence<byte>(Thumbnail)) && buffer.TryAppend(new ReadOnlySequence<byte>(Picture))) return buffer;
        buffer.Dispose();
        throw new ListUnreadableException(RequestLimits.ServiceBusy);
    }
}
