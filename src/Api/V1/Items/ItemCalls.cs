using ImageSearch.Api.Http;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.V1.Items;

/// <summary>The calls of one item, which is named by its key or its id.</summary>
internal static class ItemCalls
{
    private static readonly string[] Flags = ["vector"];

    public static async Task<IResult> GetAsync(string table, Result<ItemReference> reference, HttpContext context, IGrainFactory grains)
    {
        if (!TableNames.Parse(table).TryGet(out var name, out var failure)
            || !reference.TryGet(out var item, out failure)
            || !Body.Query(context, Flags).TryGet(out var query, out failure)
            || !query.Boolean("vector").TryGet(out var withVector, out failure))
            return V1Results.Error(failure);
        var got = await grains.Items(name).GetItemAsync(item, withVector == true, context.RequestAborted);
        if (!got.TryGet(out var found, out failure)) return V1Results.Error(failure.Named(item));
        if (!Preconditions.IsKnown(context.Request, found.Tag).TryGet(out var isKnown, out failure)) return V1Results.Error(failure);
        context.Response.Headers.ETag = Preconditions.Header(found.Tag);
        return isKnown ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : WireJson.Answer(ItemAnswer.Of(found), V1Json.Wire.ItemAnswer);
    }

    public static async Task<IResult> DeleteAsync(string table, Result<ItemReference> reference, HttpContext context, IGrainFactory grains)
    {
        if (!TableNames.Parse(table).TryGet(out var name, out var failure)
            || !reference.TryGet(out var item, out failure)
            || !Preconditions.OfWrite(context.Request).TryGet(out var condition, out failure))
            return V1Results.Error(failure);
        var deleted = await grains.Items(name).DeleteItemAsync(item, condition, context.RequestAborted);
        return deleted.TryGet(out _, out failure) ? TypedResults.NoContent() : V1Results.Error(failure.Named(item));
    }

    /// <summary>A change of fields, or a replacement of all of them.</summary>
    public static async Task<IResult> ChangeAsync(
        string table, Result<ItemReference> reference, HttpContext context, ItemWriter writer, bool isReplacement)
    {
        if (!TableNames.Parse(table).TryGet(out var name, out var failure)
            || !reference.TryGet(out var item, out failure)
            || !Preconditions.OfWrite(context.Request).TryGet(out var condition, out failure))
            return V1Results.Error(failure);
        if (!(await Body.ReadAsync(context, ItemInput.Known)).TryGet(out var body, out failure)) return V1Results.BodyError(failure);
        using (body)
        {
            if (!ItemInput.Read(body.Members, body.Picture, body.Abandon).TryGet(out var input, out failure)) return V1Results.Error(failure);
            var changed = isReplacement
                ? await writer.ReplaceAsync(name, item, input, condition, context.RequestAborted)
                : await writer.PatchAsync(name, item, input, condition, context.RequestAborted);
            return changed.TryGet(out var write, out failure)
                ? Answer(context, write, StatusCodes.Status200OK)
                : V1Results.Error(failure.Named(item));
        }
    }

    public static IResult Answer(HttpContext context, ItemWrite write, int statusCode)
    {
        context.Response.Headers.ETag = Preconditions.Header(write.Item.Tag);
        return WireJson.Answer(ItemAnswer.Of(write.Item), V1Json.Wire.ItemAnswer, statusCode);
    }
}
