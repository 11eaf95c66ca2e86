using System.Globalization;
using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Settings;

namespace ImageSearch.Api.ImageSim;

/// <summary><c>/api/image/sim/*</c>: one library of pictures, each found by its key or id.</summary>
internal static class SimEndpoints
{
    private static readonly string[] DeleteMethods = [HttpMethods.Post, HttpMethods.Delete];
    private static readonly LongestBody PlainBody = new(RequestLimits.MaxPlainBodyBytes);
    private static readonly Failure NothingDeleted = new(FailureCode.IdNotFound, "none of these pictures exists");

    public static void MapSim(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/image/sim").WithTags("/api/image/sim").WithEdge(new SimErrorWriter());
        MapAdd(group, "/add/file", SimFields.FromFile).WithBody<SimAddFile>("multipart/form-data");
        MapAdd(group, "/add/url", SimFields.FromUrl).WithBody<SimAddUrl>("application/json", "application/x-www-form-urlencoded");
        MapAdd(group, "/add/path", SimFields.FromPath).WithBody<SimAddPath>("application/json", "application/x-www-form-urlencoded");
        MapSearch(group, "/search/file", SimFields.FromFile).WithBody<SimSearchFile>("multipart/form-data");
        MapSearch(group, "/search/url", SimFields.FromUrl).WithBody<SimSearchUrl>("application/json", "application/x-www-form-urlencoded");
        MapSearch(group, "/search/path", SimFields.FromPath).WithBody<SimSearchPath>("application/json", "application/x-www-form-urlencoded");
        MapSearch(group, "/search/base64", SimFields.FromBase64)
            .WithBody<SimSearchBase64>("application/json", "application/x-www-form-urlencoded");
        group.MapMethods("/del/id", DeleteMethods, DeleteByIdsAsync).WithMetadata(SimAction.Delete, PlainBody)
            .WithSummary("Delete pictures by id").WithBody<SimDeleteIds>("application/json", "application/x-www-form-urlencoded");
        group.MapMethods("/del/key", DeleteMethods, DeleteByKeysAsync).WithMetadata(SimAction.Delete, PlainBody)
            .WithSummary("Delete pictures by key").WithBody<SimDeleteKeys>("application/json", "application/x-www-form-urlencoded");
    }

    public static Task<IResult> AddAsync(HttpContext context, PictureLibrary library, ServiceSettings settings, SimPicture picture) =>
        OnFieldsAsync(
            context,
            SimAction.Add,
            async fields =>
            {
                if (!picture(fields).TryGet(out var source, out var failure)) return SimAction.Add.Failed(failure);
                if (!SimFields.Table(fields, settings).TryGet(out var table, out failure)) return SimAction.Add.Failed(failure);
                if (!SimFields.Texts(fields, source).TryGet(out var texts, out failure)) return SimAction.Add.Failed(failure);
                var added = await library.AddToLibraryAsync(table, source, texts, settings.SimUpsert, context.RequestAborted);
                return SimAction.Add.Answer(added, _ => true);
            });

    public static Task<IResult> SearchAsync(HttpContext context, PictureLibrary library, ServiceSettings settings, SimPicture picture) =>
        OnFieldsAsync(
            context,
            SimAction.Search,
            async fields =>
            {
                if (!picture(fields).TryGet(out var source, out var failure)) return SimAction.Search.Failed(failure);
                if (!SimFields.Table(fields, settings).TryGet(out var table, out failure)) return SimAction.Search.Failed(failure);
                if (!SimFields.Limit(fields).TryGet(out var limit, out failure)) return SimAction.Search.Failed(failure);
                var found = await library.SearchLibraryAsync(table, source, limit, context.RequestAborted);
                return SimAction.Search.Answer(found, hits => hits.Hits.Select(hit => Hit(hit, hits.Metric)).ToArray());
            });

    public static Task<IResult> DeleteByIdsAsync(HttpContext context, PictureTables tables, ServiceSettings settings) =>
        DeleteAsync(
            context,
            settings,
            "id",
            (table, ids) =>
            {
                // What is no number can't be the id of a row.
                long[] rows = [.. ids.Select(RowId.Parse).OfType<long>().Distinct()];
                return tables.DeleteByIdsAsync(table, rows, context.RequestAborted);
            });

    public static Task<IResult> DeleteByKeysAsync(HttpContext context, PictureTables tables, ServiceSettings settings) =>
        DeleteAsync(
            context,
            settings,
            "key",
            (table, keys) => tables.DeleteByKeysAsync(table, PictureKey.Meant(keys), context.RequestAborted));

    private static Task<IResult> DeleteAsync(
        HttpContext context, ServiceSettings settings, string name, Func<TableName, IReadOnlyList<string>, Task<Result<int>>> delete) =>
        OnFieldsAsync(
            context,
            SimAction.Delete,
            async fields =>
            {
                if (!fields.List(name, RequestLimits.MaxDeletes).TryGet(out var given, out var failure)) return SimAction.Delete.Failed(failure);
                if (given.Count == 0) return SimAction.Delete.Failed(new Failure(FailureCode.RequestInvalid, $"{name} is missing"));
                if (!SimFields.Table(fields, settings).TryGet(out var table, out failure)) return SimAction.Delete.Failed(failure);
                using var place = context.Enter(CallCost.Cheap);
                var deleted = await delete(table, given);
                return deleted.Failure is null && deleted.Value == 0
                    ? SimAction.Delete.Failed(NothingDeleted)
                    : SimAction.Delete.Answer(deleted, count => count);
            });

    private static RouteHandlerBuilder MapAdd(RouteGroupBuilder group, string path, SimPicture picture) =>
        group.MapPost(path, (HttpContext context, PictureLibrary library, ServiceSettings settings) => AddAsync(context, library, settings, picture))
            .WithMetadata(SimAction.Add).WithSummary("Add a picture").Produces<SimAnswer>();

    private static RouteHandlerBuilder MapSearch(RouteGroupBuilder group, string path, SimPicture picture) =>
        group.MapPost(path, (HttpContext context, PictureLibrary library, ServiceSettings settings) => SearchAsync(context, library, settings, picture))
            .WithMetadata(SimAction.Search).WithSummary("Find the nearest pictures").Produces<SimAnswer>();

    private static Task<IResult> OnFieldsAsync(HttpContext context, SimAction action, Func<RequestFields, Task<IResult>> serve) =>
        RequestReader.WithFieldsAsync(context, serve, failure => action.Failed(failure));

    private static SimHit Hit(PictureHit hit, Metric metric) =>
        new(
            hit.Texts.Key ?? "",
            hit.Texts.FilePath ?? "",
            hit.Id,
            hit.Distance,
            metric == Metric.L2 ? 1f - (hit.Distance / 2f) : hit.Distance,
            hit.Id.ToString(CultureInfo.InvariantCulture));
}
