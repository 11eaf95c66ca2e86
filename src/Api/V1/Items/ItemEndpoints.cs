using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.V1.Items;

/// <summary><c>/v1/tables/{table}/items/{key}</c>: items by the owner's keys.</summary>
internal static class ItemEndpoints
{
    /// <summary>The content types of a body with an item.</summary>
    public static readonly string[] MediaTypes = ["application/json", "multipart/form-data", "image/*"];

    // A catch-all, because a key may have slashes; the key itself comes from the raw target.
    private const string Path = "/tables/{table}/items/{**key}";

    private const string RuleName = "on_existing_key";

    private static readonly string[] Known = [.. ItemInput.Known, RuleName];

    public static void MapItems(RouteGroupBuilder group)
    {
        group.MapPut(Path, PutAsync).WithSummary("Create or replace an item")
            .WithBody<ItemRequest>(MediaTypes).WithExamples(ItemExamples.Put, ItemExamples.PutItem)
            .Produces<ItemAnswer>(StatusCodes.Status201Created).Produces<ItemAnswer>();
        group.MapGet(Path, GetAsync).RequireLease(CallCost.Cheap).WithSummary("An item")
            .WithExamples(null, ItemExamples.Item).Produces<ItemAnswer>();
        group.MapPatch(Path, PatchAsync).WithSummary("Change fields of an item; a member that is null removes its value")
            .WithBody<ItemRequest>(MediaTypes).WithExamples(ItemExamples.Patch, ItemExamples.Item).Produces<ItemAnswer>();
        group.MapDelete(Path, DeleteAsync).RequireLease(CallCost.Cheap).WithSummary("Delete an item")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> PutAsync(string table, string? key, HttpContext context, ItemWriter writer)
    {
        if (!TableNames.Parse(table).TryGet(out var name, out var failure)
            || !RawKey.Read(context).TryGet(out key, out failure)
            || !Preconditions.OfWrite(context.Request).TryGet(out var condition, out failure))
            return V1Results.Error(failure);
        if (!(await Body.ReadAsync(context, Known, RuleName)).TryGet(out var body, out failure)) return V1Results.BodyError(failure);
        using (body)
        {
            if (!ItemInput.Read(body.Members, body.Picture, body.Abandon).TryGet(out var input, out failure)
                || !body.Members.Word<KeyRule>(RuleName).TryGet(out var rule, out failure))
                return V1Results.Error(failure);
            var put = await writer.PutAsync(name, new PutRequest(key, input, rule, condition), context.RequestAborted);
            if (!put.TryGet(out var write, out failure)) return V1Results.Error(failure.Named(context.Request));
            if (write.Effect != ItemEffect.Created) return ItemCalls.PutAnswer(context, write, StatusCodes.Status200OK);
            context.Response.Headers.Location = RawKey.PathOf(name, key);
            return ItemCalls.PutAnswer(context, write, StatusCodes.Status201Created);
        }
    }

    private static Task<IResult> GetAsync(string table, string? key, HttpContext context, IGrainFactory grains) =>
        ItemCalls.GetAsync(table, Reference(context), context, grains);

    private static Task<IResult> PatchAsync(string table, string? key, HttpContext context, ItemWriter writer) =>
        ItemCalls.ChangeAsync(table, Reference(context), context, writer, isReplacement: false);

    private static Task<IResult> DeleteAsync(string table, string? key, HttpContext context, IGrainFactory grains) =>
        ItemCalls.DeleteAsync(table, Reference(context), context, grains);

    private static Result<ItemReference> Reference(HttpContext context) =>
        RawKey.Read(context).TryGet(out var key, out var failure) ? new ItemReference(key, 0) : failure;
}
