using System.Globalization;
using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Settings;

namespace ImageSearch.Api.MilvusImg;

/// <summary>The calls of <c>/milvus/img/*</c> with a JSON body.</summary>
internal static class MilvusImgPictureEndpoints
{
    public static void MapPictures(RouteGroupBuilder group)
    {
        group.MapPost("/add", AddAsync).RequiresWrite().WithSummary("Add a picture")
            .WithBody<MilvusImgAdd>("application/json").Produces<MilvusImgData<string>>();
        group.MapPost("/update", UpdateAsync).RequiresWrite().WithSummary("Change a picture or its texts")
            .WithBody<MilvusImgUpdate>("application/json").Produces<MilvusImgData<string>>();
        group.MapPost("/search", SearchAsync).RequiresRead().WithSummary("Find the nearest pictures")
            .WithBody<MilvusImgSearch>("application/json").Produces<MilvusImgData<IReadOnlyList<MilvusImgHit>>>();
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, RequestFields fields, PictureLibrary library, ServiceSettings settings, CancellationToken cancellationToken)
    {
        if (!MilvusImgFields.Picture(fields).TryGet(out var picture, out var failure)
            || !MilvusImgFields.Table(context, fields, settings).TryGet(out var table, out failure)
            || !MilvusImgFields.Texts(fields).TryGet(out var texts, out failure))
            return MilvusImgResults.Error(failure);
        var added = await library.AddAsync(table, picture, texts, replaceSameKey: false, cancellationToken);
        return MilvusImgResults.Answer(added, IdText);
    }

    private static async Task<IResult> UpdateAsync(
        HttpContext context, RequestFields fields, PictureLibrary library, ServiceSettings settings, CancellationToken cancellationToken)
    {
        if (!MilvusImgFields.Id(fields).TryGet(out var id, out var failure)
            || !MilvusImgFields.OptionalPicture(fields).TryGet(out var picture, out failure)
            || !MilvusImgFields.Table(context, fields, settings).TryGet(out var table, out failure)
            || !MilvusImgFields.Texts(fields).TryGet(out var texts, out failure))
            return MilvusImgResults.Error(failure);
        var updated = await library.UpdateAsync(table, id, picture, texts, cancellationToken);
        return MilvusImgResults.Answer(updated, IdText);
    }

    private static async Task<IResult> SearchAsync(
        HttpContext context, RequestFields fields, PictureLibrary library, ServiceSettings settings, CancellationToken cancellationToken)
    {
        if (!MilvusImgFields.Picture(fields).TryGet(out var picture, out var failure)
            || !MilvusImgFields.Table(context, fields, settings).TryGet(out var table, out failure)
            || !MilvusImgFields.TopK(fields, settings).TryGet(out var topK, out failure))
            return MilvusImgResults.Error(failure);
        var found = await library.SearchAsync(table, picture, topK, cancellationToken);
        return MilvusImgResults.Answer(found, hits => MilvusImgResults.Hits([.. hits.Hits.Select(Hit)]));
    }

    private static IResult IdText(long id) => MilvusImgResults.Text(id.ToString(CultureInfo.InvariantCulture));

    private static MilvusImgHit Hit(PictureHit hit) => new(hit.Id, hit.Texts.Tags ?? "", hit.Texts.Brief ?? "", hit.Distance);
}
