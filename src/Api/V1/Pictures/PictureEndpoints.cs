using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.V1.Pictures;

/// <summary>
/// The kept pictures of items. A key may have slashes and end in "/thumbnail", so a key is the last part of its path here too:
/// <c>/v1/tables/{table}/thumbnails/{key}</c>. An id has no slash: <c>/v1/tables/{table}/rows/{id}/thumbnail</c>.
/// </summary>
internal static class PictureEndpoints
{
    public static void MapPictures(RouteGroupBuilder group)
    {
        group.MapGet("/tables/{table}/thumbnails/{**key}", ThumbnailOfKeyAsync).RequireLease(CallCost.Download).RequiresRead().WithSummary("The thumbnail of an item")
            .WithPictures(PictureFiles.Thumbnail);
        group.MapGet("/tables/{table}/pictures/{**key}", OriginalOfKeyAsync).RequireLease(CallCost.Download).RequiresRead()
            .WithSummary("The picture of an item, as it was sent").WithPictures(PictureFiles.All);
        group.MapGet("/tables/{table}/rows/{id}/thumbnail", ThumbnailOfIdAsync).RequireLease(CallCost.Download).RequiresRead()
            .WithSummary("The thumbnail of an item by its id").WithPictures(PictureFiles.Thumbnail);
        group.MapGet("/tables/{table}/rows/{id}/picture", OriginalOfIdAsync).RequireLease(CallCost.Download).RequiresRead()
            .WithSummary("The picture of an item by its id, as it was sent").WithPictures(PictureFiles.All);
    }

    private static Task<IResult> ThumbnailOfKeyAsync(string table, string? key, HttpContext context, IGrainFactory grains, TimeProvider time) =>
        GetAsync(table, Reference(context), PictureKind.Thumbnail, context, grains, time);

    private static Task<IResult> OriginalOfKeyAsync(string table, string? key, HttpContext context, IGrainFactory grains, TimeProvider time) =>
        GetAsync(table, Reference(context), PictureKind.Original, context, grains, time);

    private static Task<IResult> ThumbnailOfIdAsync(string table, string id, HttpContext context, IGrainFactory grains, TimeProvider time) =>
        GetAsync(table, RowEndpoints.Reference(id), PictureKind.Thumbnail, context, grains, time);

    private static Task<IResult> OriginalOfIdAsync(string table, string id, HttpContext context, IGrainFactory grains, TimeProvider time) =>
        GetAsync(table, RowEndpoints.Reference(id), PictureKind.Original, context, grains, time);

    private static async Task<IResult> GetAsync(
        string table, Result<ItemReference> reference, PictureKind kind, HttpContext context, IGrainFactory grains, TimeProvider time)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure) || !reference.TryGet(out var item, out failure))
            return V1Results.Error(failure);
        var pictures = grains.GetGrain<IKeptPictureGrain>(IKeptPictureGrain.Key);
        if (context.Request.Headers.IfNoneMatch.Count > 0)
        {
            // The tag alone first: most clients that have one have the present bytes.
            var known = await pictures.FindAsync(name, item, kind, withBytes: false, context.RequestAborted);
            if (!known.TryGet(out var present, out failure)) return V1Results.Error(failure.Named(item));
            if (!Preconditions.IsKnown(context.Request, present.Tag).TryGet(out var isKnown, out failure)) return V1Results.Error(failure);
            if (isKnown)
            {
                PictureFiles.SetHeaders(context.Response, present, kind);
                return TypedResults.StatusCode(StatusCodes.Status304NotModified);
            }
        }

        var got = await pictures.FindAsync(name, item, kind, withBytes: true, context.RequestAborted);
        if (!got.TryGet(out var found, out failure)) return V1Results.Error(failure.Named(item));
        PictureFiles.SetHeaders(context.Response, found, kind);
        // Here and not in a result that is executed later: the lease bounds the memory until the client has the bytes.
        await PictureFiles.SendAsync(context, found.Picture, time);
        return TypedResults.Empty;
    }

    private static Result<ItemReference> Reference(HttpContext context) =>
        RawKey.Read(context).TryGet(out var key, out var failure) ? new ItemReference(key, 0) : failure;
}
