using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Settings;
using ImageSearch.Fetching;

namespace ImageSearch.Api.MilvusImg;

/// <summary>The fields of <c>/milvus/img/*</c> in a JSON body.</summary>
internal static class MilvusImgFields
{
    private static readonly string[] TopKNames = ["TOP_K", "topk", "top_k"];
    private static readonly Failure PictureRequired = new(FailureCode.RequestInvalid, "Image and url are required");
    private static readonly Failure IdRequired = new(FailureCode.RequestInvalid, "id are required");

    /// <summary>The picture; an image wins over a URL.</summary>
    public static Result<PictureSource> Picture(RequestFields fields) =>
        OptionalPicture(fields).TryGet(out var picture, out var failure) ? picture ?? (Result<PictureSource>)PictureRequired : failure;

    /// <summary>As <see cref="Picture"/>; null where neither image nor URL is given.</summary>
    public static Result<PictureSource?> OptionalPicture(RequestFields fields)
    {
        if (!fields.Text("url").TryGet(out var url, out var failure)) return failure;
        if (!fields.Base64("image").TryGet(out var image, out failure)) return failure;
        if (image is { } bytes) return new PictureSource.Bytes(bytes, fields.Abandon);
        return string.IsNullOrWhiteSpace(url) ? (PictureSource?)null : new PictureSource.Url(url.Trim());
    }

    /// <summary>The row's id; -1, which no row has, where the text is not a number: the answer is that of any unknown id.</summary>
    public static Result<long> Id(RequestFields fields)
    {
        if (!fields.Text("id").TryGet(out var id, out var failure)) return failure;
        return string.IsNullOrWhiteSpace(id) ? IdRequired : WholeNumber.Parse(id) ?? -1;
    }

    public static Result<TableName> Table(HttpContext context, RequestFields fields, ServiceSettings settings)
    {
        if (!fields.Text("table").TryGet(out var text, out var failure)) return failure;
        return string.IsNullOrEmpty(text) ? TableAccess.Check(context, settings.DefaultTable) : TableAccess.Parse(context, text);
    }

    public static Result<PictureTexts> Texts(RequestFields fields)
    {
        if (!fields.Text("tags", PictureTexts.MaxTagsLength).TryGet(out var tags, out var failure)) return failure;
        if (!fields.Text("brief", PictureTexts.MaxBriefLength).TryGet(out var brief, out failure)) return failure;
        if (!fields.Text("url").TryGet(out var url, out failure)) return failure;
        return new PictureTexts(tags, brief, Key: null, FilePath: string.IsNullOrWhiteSpace(url) ? null : StoredPath.Of(url.Trim()));
    }

    public static Result<int> TopK(RequestFields fields, ServiceSettings settings) =>
        fields.Number(TopKNames.FirstOrDefault(fields.Has) ?? TopKNames[0], settings.TopK, 1, PictureQuery.MaxTopK);
}
