using System.Globalization;
using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Settings;

namespace ImageSearch.Api.ImageSim;

/// <summary><c>/api/image/sim/*</c>: one library of pictures, found by key or id.</summary>
internal static class SimEndpoints
{
    private static readonly string[] DeleteMethods = [HttpMethods.Post, HttpMethods.Delete];
    private static readonly string[] JsonOrForm = ["application/json", "application/x-www-form-urlencoded"];
    private static readonly MaxBody PlainBody = new(RequestLimits.MaxPlainBodyBytes);

    public static void MapSim(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/api/image/sim", new SimErrorWriter());
        MapAdd(group, "/add/file", SimFields.FromFile).WithBody<SimAddFile>("multipart/form-data");
        MapAdd(group, "/add/url", SimFields.FromUrl).WithBody<SimAddUrl>(JsonOrForm);
        MapAdd(group, "/add/path", SimFields.FromPath).WithBody<SimAddPath>(JsonOrForm);
        MapSearch(group, "/search/file", SimFields.FromFile).WithBody<SimSearchFile>("multipart/form-data");
        MapSearch(group, "/search/url", SimFields.FromUrl).WithBody<SimSearchUrl>(JsonOrForm);
        MapSearch(group, "/search/path", SimFields.FromPath).WithBody<SimSearchPath>(JsonOrForm);
        MapSearch(group, "/search/base64", SimFields.FromBase64).WithBody<SimSearchBase64>(JsonOrForm);
        AsDelete(group.MapMethods("/del/id", DeleteMethods, DeleteByIdsAsync)).WithSummary("Delete pictures by id").WithBody<SimDeleteIds>(JsonOrForm);
        AsDelete(group.MapMethods("/del/key", DeleteMethods, DeleteByKeysAsync)).WithSummary("Delete pictures by key").WithBody<SimDeleteKeys>(JsonOrForm);
    }

    private static RouteHandlerBuilder MapAdd(RouteGroupBuilder group, string path, SimPicture picture) =>
        group.MapPost(
                path,
                (HttpContext context, RequestFields fields, PictureLibrary library, ServiceSettings settings, CancellationToken cancellationToken) =>
                    AddAsync(picture, context, fields, library, settings, cancellationToken))
            .RequiresWrite().WithMetadata(SimAction.Add).WithSummary("Add a picture").Produces<SimAnswer<bool>>();

    private static RouteHandlerBuilder MapSearch(RouteGroupBuilder group, string path, SimPicture picture) =>
        group.MapPost(
                path,
                (HttpContext context, RequestFields fields, PictureLibrary library, ServiceSettings settings, CancellationToken cancellationToken) =>
                    SearchAsync(picture, context, fields, library, settings, cancellationToken))
            .RequiresRead().WithMetadata(SimAction.Search).WithSummary("Find the nearest pictures").Produces<SimAnswer<IReadOnlyList<SimHit>>>();

    private static RouteHandlerBuilder AsDelete(RouteHandlerBuilder call) =>
        call.RequireLease(CallCost.Cheap).RequiresWrite().WithMetadata(SimAction.Delete, PlainBody);

    private static async Task<IResult> AddAsync(
        SimPicture picture, HttpContext context, RequestFields fields, PictureLibrary library, ServiceSettings settings, CancellationToken cancellationToken)
    {
        if (!picture(fields).TryGet(out var source, out var failure)
            || !SimFields.Table(context, fields, settings).TryGet(out var table, out failure)
            || !SimFields.Texts(fields, source).TryGet(out var texts, out failure))
            return SimAction.Add.Error(failure);
        var added = await library.AddToLibraryAsync(table, source, texts, settings.SimUpsert, cancellationToken);
        return SimAction.Add.Answer(added, _ => true, SimJson.Wire.SimAnswerBoolean);
    }

    private static async Task<IResult> SearchAsync(
        SimPicture picture, HttpContext context, RequestFields fields, PictureLibrary library, ServiceSettings settings, CancellationToken cancellationToken)
    {
        if (!picture(fields).TryGet(out var source, out var failure)
            || !SimFields.Table(context, fields, settings).TryGet(out var table, out failure)
            || !SimFields.Limit(fields).TryGet(out var limit, out failure))
            return SimAction.Search.Error(failure);
        var found = await library.SearchLibraryAsync(table, source, limit, cancellationToken);
        return SimAction.Search.Answer(found, Hits, SimJson.Wire.SimAnswerIReadOnlyListSimHit);
    }

    private static async Task<IResult> DeleteByIdsAsync(
        HttpContext context, RequestFields fields, IGrainFactory grains, ServiceSettings settings, CancellationToken cancellationToken)
    {
        if (!SimFields.List(fields, "id").TryGet(out var ids, out var failure)
            || !SimFields.Table(context, fields, settings).TryGet(out var table, out failure))
            return SimAction.Delete.Error(failure);
        // Skip values that are not numeric ids.
        long[] rows = [.. ids.Select(id => WholeNumber.Parse(id)).OfType<long>().Distinct()];
        return Deleted(await grains.Table(table).DeleteByIdsAsync(rows, cancellationToken));
    }

    private static async Task<IResult> DeleteByKeysAsync(
        HttpContext context, RequestFields fields, IGrainFactory grains, ServiceSettings settings, CancellationToken cancellationToken)
    {
        if (!SimFields.List(fields, "key").TryGet(out var keys, out var failure)
            || !SimFields.Table(context, fields, settings).TryGet(out var table, out failure))
            return SimAction.Delete.Error(failure);
        return Deleted(await grains.Table(table).DeleteByKeysAsync(PictureKey.StoredForms(keys), cancellationToken));
    }

    private static IResult Deleted(Result<int> deleted) =>
        deleted.Failure is null && deleted.Value == 0
            ? SimAction.Delete.Error(new Failure(FailureCode.IdNotFound, "none of these pictures exists"))
            : SimAction.Delete.Answer(deleted, count => count, SimJson.Wire.SimAnswerInt32);

    private static IReadOnlyList<SimHit> Hits(PictureHits found) => [.. found.Hits.Select(hit => Hit(hit, found.Metric))];

    private static SimHit Hit(PictureHit hit, Metric metric) =>
        new(
            hit.Texts.Key ?? "",
            hit.Texts.FilePath ?? "",
            hit.Id,
            hit.Distance,
            metric == Metric.L2 ? 1f - (hit.Distance / 2f) : hit.Distance,
            hit.Id.ToString(CultureInfo.InvariantCulture));
}
