using ImageSearch.Api.V1.Requests;
using ImageSearch.Fetching;

namespace ImageSearch.Api.V1.Items;

/// <summary>The picture of a request: one of an upload, base64, a URL and a file of the server.</summary>
internal static class PictureInput
{
    /// <summary>What a missing picture must be.</summary>
    public const string Bound = "a picture: an upload, image, url or server_path";

    /// <summary>Reads the picture; null if there is none.</summary>
    /// <param name="members">The fields.</param>
    /// <param name="upload">An uploaded file.</param>
    /// <param name="abandon">Called if a message to another process may hold the request's bytes.</param>
    public static Result<PictureSource?> Read(Members members, ReadOnlyMemory<byte>? upload, Action abandon)
    {
        if (!members.Text("url", PictureFetcher.MaxUrlLength).TryGet(out var url, out var failure)) return failure;
        if (!members.Text("server_path", PictureTexts.MaxFilePathLength).TryGet(out var path, out failure)) return failure;
        if (!members.Base64("image").TryGet(out var image, out failure)) return failure;
        if (upload is not null && image is not null) return InvalidField.Conflict("image", "an uploaded file");
        var bytes = upload ?? image;
        if (bytes is not null && url is not null) return InvalidField.Conflict(members.Path("url"), "image");
        if (bytes is not null && path is not null) return InvalidField.Conflict(members.Path("server_path"), "image");
        if (url is not null && path is not null) return InvalidField.Conflict(members.Path("server_path"), "url");
        if (bytes is { IsEmpty: true }) return InvalidField.Of("image", null, "a picture of at least one byte");
        if (bytes is { } content) return new PictureSource.Bytes(content, abandon);
        if (url is not null) return new PictureSource.Url(url);
        return path is null ? (PictureSource?)null : new PictureSource.ServerFile(path);
    }
}
