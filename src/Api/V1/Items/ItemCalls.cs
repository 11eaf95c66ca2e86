using ImageSearch.Api.Http;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.V1.Description;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.V1.Items;

/// <summary>The calls of one item, which is named by its key or its id.</summary>
internal static class ItemCalls
{
    private static readonly string[] Flags = QueryParameters.NamesOf(QueryParameters.Item);

    public static async Task<IResult> GetAsync(string table, Result<ItemReference> reference, HttpContext context, IGrainFactory grains)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)
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
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)
            || !reference.TryGet(out var item, out failure)
            || !Preconditions.OfWrite(context.Request).TryGet(out var condition, out failure))
            return V1Results.Error(failure);
        var deleted = await grains.Items(name).DeleteItemAsync(item, condition, context.RequestAborted);
        return deleted.TryGet(out _, out failure) ? TypedResults.NoContent() : V1Results.Error(failure.Named(item).Named(context.Request));
    }

    /// <summary>A change of fields, or a replacement of all of them.</summary>
    public static async Task<IResult> ChangeAsync(
        string table, Result<ItemReference> reference, HttpContext context, ItemWriter writer, bool isReplacement)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)
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
            if (!changed.TryGet(out var write, out failure)) return V1Results.Error(failure.Named(item).Named(context.Request));
            return isReplacement ? PutAnswer(context, write, StatusCodes.Status200OK) : Answer(context, ItemAnswer.Of(write.Item), write, StatusCodes.Status200OK);
        }
    }

    /// <summary>The answer of a put, which tells what it did.</summary>
    public static IResult PutAnswer(HttpContext context, ItemWrite write, int statusCode) =>
        Answer(context, ItemAnswer.Of(write.Item) with { Effect = EnumWord.Of(write.Effect) }, write, statusCode);

    private static IResult Answer(HttpContext context, ItemAnswer answer, ItemWrite write, int statusCode)
    {
        context.Response.Headers.ETag = Preconditions.Header(write.Item.Tag);
        return WireJson.Answer(answer, V1Json.Wire.ItemAnswer, statusCode);
    }
}
