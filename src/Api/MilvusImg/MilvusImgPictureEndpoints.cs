using System.Globalization;
using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Settings;
using ImageSearch.Fetching;

namespace ImageSearch.Api.MilvusImg;

/// <summary>The calls of <c>/milvus/img/*</c> that carry a picture in a JSON body.</summary>
internal static class MilvusImgPictureEndpoints
{
    private static readonly string[] TopKNames = ["TOP_K", "topk", "top_k"];
    private static readonly Failure PictureRequired = new(FailureCode.RequestInvalid, "Image and url are required");
    private static readonly Failure IdRequired = new(FailureCode.RequestInvalid, "id are required");

    public static void MapPictures(RouteGroupBuilder group)
    {
        group.MapPost("/add", AddAsync).WithSummary("Add a picture")
            .WithBody<MilvusImgAdd>("application/json").Produces<MilvusImgData<string>>();
        group.MapPost("/update", UpdateAsync).WithSummary("Change a picture or its texts")
            .WithBody<MilvusImgUpdate>("application/json").Produces<MilvusImgData<string>>();
        group.MapPost("/search", SearchAsync).WithSummary("Find the nearest pictures")
            .WithBody<MilvusImgSearch>("application/json").Produces<MilvusImgData<MilvusImgHit[]>>();
    }

    public static Task<IResult> AddAsync(HttpContext context, PictureLibrary library, ServiceSettings settings) =>
        OnFieldsAsync(
            context,
            async fields =>
            {
                if (!Picture(fields).TryGet(out var picture, out var failure)) return MilvusImgErrorWriter.Refuse(failure);
                if (picture is null) return MilvusImgErrorWriter.Refuse(PictureRequired);
                if (!Table(fields, settings).TryGet(out var table, out failure)) return MilvusImgErrorWriter.Refuse(failure);
                if (!Texts(fields).TryGet(out var texts, out failure)) return MilvusImgErrorWriter.Refuse(failure);
                var added = await library.AddAsync(table, picture, texts, replaceSameKey: false, context.RequestAborted);
                return added.Answer(id => MilvusImgErrorWriter.Data(id.ToString(CultureInfo.InvariantCulture)));
            });

    public static Task<IResult> UpdateAsync(HttpContext context, PictureLibrary library, ServiceSettings settings) =>
        OnFieldsAsync(
            context,
            async fields =>
            {
                if (!fields.Text("id").TryGet(out var id, out var failure)) return MilvusImgErrorWriter.Refuse(failure);
                if (string.IsNullOrWhiteSpace(id)) return MilvusImgErrorWriter.Refuse(IdRequired);
                if (!Picture(fields).TryGet(out var picture, out failure)) return MilvusImgErrorWriter.Refuse(failure);
                if (!Table(fields, settings).TryGet(out var table, out failure)) return MilvusImgErrorWriter.Refuse(failure);
                if (!Texts(fields).TryGet(out var texts, out failure)) return MilvusImgErrorWriter.Refuse(failure);
                var row = RowId.Parse(id) ?? -1; // No row has this id, and the answer says so.
                var updated = await library.UpdateAsync(table, row, picture, texts, context.RequestAborted);
                return updated.Answer(changed => MilvusImgErrorWriter.Data(changed.ToString(CultureInfo.InvariantCulture)));
            });

    public static Task<IResult> SearchAsync(HttpContext context, PictureLibrary library, ServiceSettings settings) =>
        OnFieldsAsync(
            context,
            async fields =>
            {
                if (!Picture(fields).TryGet(out var picture, out var failure)) return MilvusImgErrorWriter.Refuse(failure);
                if (picture is null) return MilvusImgErrorWriter.Refuse(PictureRequired);
                if (!Table(fields, settings).TryGet(out var table, out failure)) return MilvusImgErrorWriter.Refuse(failure);
                if (!TopK(fields, settings.TopK).TryGet(out var topK, out failure)) return MilvusImgErrorWriter.Refuse(failure);
                var found = await library.SearchAsync(table, picture, topK, context.RequestAborted);
                return found.Answer(
                    hits => MilvusImgErrorWriter.Data(
                        hits.Hits.Select(hit => new MilvusImgHit(hit.Id, hit.Texts.Tags ?? "", hit.Texts.Brief ?? "", hit.Distance))));
            });

    private static Task<IResult> OnFieldsAsync(HttpContext context, Func<RequestFields, Task<IResult>> serve) =>
        RequestReader.WithFieldsAsync(context, serve, failure => MilvusImgErrorWriter.Refuse(failure));

    /// <summary>The picture of a request, the image before the URL; null where neither is given.</summary>
    private static Result<PictureSource?> Picture(RequestFields fields)
    {
        if (!fields.Text("url").TryGet(out var url, out var failure)) return failure;
        if (!fields.Base64("image").TryGet(out var image, out failure)) return failure;
        if (image is { } bytes) return new PictureSource.Bytes(bytes);
        return string.IsNullOrWhiteSpace(url) ? (PictureSource?)null : new PictureSource.Url(url.Trim());
    }

    private static Result<TableName> Table(RequestFields fields, ServiceSettings settings)
    {
        if (!fields.Text("table").TryGet(out var text, out var failure)) return failure;
        return string.IsNullOrEmpty(text) ? settings.DefaultTable : TableName.Parse(text);
    }

    private static Result<PictureTexts> Texts(RequestFields fields)
    {
        if (!fields.Text("tags", PictureTexts.MaxTagsLength).TryGet(out var tags, out var failure)) return failure;
        if (!fields.Text("brief", PictureTexts.MaxBriefLength).TryGet(out var brief, out failure)) return failure;
        if (!fields.Text("url").TryGet(out var url, out failure)) return failure;
        return new PictureTexts(tags, brief, Key: null, FilePath: string.IsNullOrWhiteSpace(url) ? null : KeptPath.Of(url.Trim()));
    }

    private static Result<int> TopK(RequestFields fields, int fallback) =>
        fields.Number(TopKNames.FirstOrDefault(fields.Has) ?? TopKNames[0], fallback, 1, PictureQuery.MaxTopK);
}
