using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Description;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Keys;

/// <summary><c>/v1/keys</c>: the list of keys.</summary>
internal static class KeyListEndpoints
{
    /// <summary>Keys on a page by default.</summary>
    public const int DefaultLimit = 100;

    private static readonly string[] Known = QueryParameters.NamesOf(QueryParameters.Keys);
    private static readonly RequestHash Hash = RequestHash.Of("keys");

    public static void MapKeyList(RouteGroupBuilder group) =>
        group.MapGet("/keys", ListAsync).RequireLease(CallCost.Cheap).RequiresToken("key.list")
            .WithSummary("API keys by id, without their secrets").WithExamples(null, KeyExamples.List).Produces<KeysAnswer>();

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains, KeyWriter writer)
    {
        if (!Body.Query(context, Known).TryGet(out var query, out var failure)
            || !query.Integer("limit", 1, IApiKeyGrain.MaxCount - 1).TryGet(out var limit, out failure)
            || !query.Text("cursor", Cursor.MaxLength).TryGet(out var cursor, out failure)
            || !Cursor.ReadItem(cursor, Hash).TryGet(out var after, out failure))
            return V1Results.Error(failure);
        if (writer.Unavailable is { } unavailable) return V1Results.Error(unavailable);
        var count = (int)(limit ?? DefaultLimit);
        // One more is read, which shows whether there is another page.
        var listed = await grains.GetGrain<IApiKeyGrain>(IApiKeyGrain.Key).ListAsync(after?.Value, count + 1, context.RequestAborted);
        return V1Results.Answer(
            listed,
            keys => new KeysAnswer(
                [.. keys.Take(count).Select(KeyAnswer.Of)],
                keys.Count > count ? Cursor.OfItem(new ItemPosition(keys[count - 1].Id, 0), Hash) : null),
            V1Json.Wire.KeysAnswer);
    }
}
