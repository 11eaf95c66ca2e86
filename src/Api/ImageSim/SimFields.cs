using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Settings;
using ImageSearch.Fetching;

namespace ImageSearch.Api.ImageSim;

/// <summary>Finds the picture of a call of <c>/api/image/sim/*</c>: each path names one source.</summary>
internal delegate Result<PictureSource> SimPicture(RequestFields fields);

/// <summary>The fields of <c>/api/image/sim/*</c>.</summary>
internal static class SimFields
{
    private const int DefaultLimit = 10;

    public static Result<PictureSource> FromFile(RequestFields fields) =>
        fields.File is { } file
            ? new PictureSource.Bytes(file.Content, fields.Abandon)
            : Missing("file", "send the picture as the part named file of a multipart/form-data request");

    public static Result<PictureSource> FromUrl(RequestFields fields) => FromText(fields, "url", url => new PictureSource.Url(url));

    public static Result<PictureSource> FromPath(RequestFields fields) => FromText(fields, "path", path => new PictureSource.ServerFile(path));

    public static Result<PictureSource> FromBase64(RequestFields fields)
    {
        if (!fields.Base64("base64").TryGet(out var bytes, out var failure)) return failure;
        return bytes is { } picture ? new PictureSource.Bytes(picture, fields.Abandon) : Missing("base64", "send the picture as base64 text");
    }

    public static Result<TableName> Table(HttpContext context, RequestFields fields, ServiceSettings settings)
    {
        if (!fields.Text("table").TryGet(out var text, out var failure)) return failure;
        return string.IsNullOrEmpty(text) ? TableAccess.Check(context, settings.SimTable) : TableAccess.Parse(context, text);
    }

    public static Result<int> Limit(RequestFields fields) => fields.Number("limit", DefaultLimit, 1, PictureQuery.MaxTopK);

    /// <summary>The ids or keys of a delete; at least one.</summary>
    public static Result<IReadOnlyList<string>> List(RequestFields fields, string name)
    {
        if (!fields.List(name, RequestLimits.MaxDeletes).TryGet(out var items, out var failure)) return failure;
        return items.Count > 0 ? Result.Success(items) : new Failure(FailureCode.RequestInvalid, $"{name} is missing");
    }

    /// <summary>Key and path; without a path, the URL or path that the picture came from.</summary>
    public static Result<PictureTexts> Texts(RequestFields fields, PictureSource source)
    {
        if (!fields.Trimmed("key", PictureTexts.MaxKeyLength).TryGet(out var key, out var failure)) return failure;
        if (!fields.Text("imgPath", PictureTexts.MaxFilePathLength).TryGet(out var path, out failure)) return failure;
        var origin = source switch
        {
            PictureSource.Url url => StoredPath.Of(url.Address),
            PictureSource.ServerFile file => StoredPath.Of(file.Path),
            _ => null,
        };
        return new PictureTexts(Key: key, FilePath: string.IsNullOrEmpty(path) ? origin : path);
    }

    private static Result<PictureSource> FromText(RequestFields fields, string name, Func<string, PictureSource> source)
    {
        if (!fields.Text(name).TryGet(out var text, out var failure)) return failure;
        return string.IsNullOrWhiteSpace(text) ? Missing(name, "it is required") : source(text.Trim());
    }

    private static Failure Missing(string name, string advice) => new(FailureCode.RequestInvalid, $"{name} is missing: {advice}");
}
