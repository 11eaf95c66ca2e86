using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Security.Access;

namespace ImageSearch.Api.V1.Items;

/// <summary><c>/v1/tables/{table}/rows/{id}</c>: items by their ids, for rows of the documented APIs, which may have no key.</summary>
internal static class RowEndpoints
{
    private const string Path = "/tables/{table}/rows/{id}";

    public static void MapRows(RouteGroupBuilder group)
    {
        group.MapPut(Path, PutAsync).RequiresWrite().WithSummary("Replace the picture and the fields of a row; it keeps its key")
            .WithBody<ItemRequest>(ItemEndpoints.MediaTypes).WithExamples(ItemExamples.Put, ItemExamples.ReplacedRow).Produces<ItemAnswer>();
        group.MapGet(Path, GetAsync).RequireLease(CallCost.Cheap).RequiresRead().WithSummary("An item by its id")
            .WithExamples(null, ItemExamples.Item).Produces<ItemAnswer>();
        group.MapPatch(Path, PatchAsync).RequiresWrite().WithSummary("Change fields of a row")
            .WithBody<ItemRequest>(ItemEndpoints.MediaTypes).WithExamples(ItemExamples.Patch, ItemExamples.Item).Produces<ItemAnswer>();
        group.MapDelete(Path, DeleteAsync).RequireLease(CallCost.Cheap).RequiresWrite().WithSummary("Delete a row")
            .Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>The item with an id.</summary>
    public static Result<ItemReference> Reference(string id, string field = "id") =>
        id.Length > 0 && id.All(char.IsAsciiDigit) && WholeNumber.Parse(id) is > 0 and { } row
            ? new ItemReference(null, row)
            : InvalidField.Of(field, id, "a whole number of 1 or more");

    private static Task<IResult> PutAsync(string table, string id, HttpContext context, ItemWriter writer) =>
        ItemCalls.ChangeAsync(table, Reference(id), context, writer, isReplacement: true);

    private static Task<IResult> GetAsync(string table, string id, HttpContext context, IGrainFactory grains) =>
        ItemCalls.GetAsync(table, Reference(id), context, grains);

    private static Task<IResult> PatchAsync(string table, string id, HttpContext context, ItemWriter writer) =>
        ItemCalls.ChangeAsync(table, Reference(id), context, writer, isReplacement: false);

    private static Task<IResult> DeleteAsync(string table, string id, HttpContext context, IGrainFactory grains) =>
        ItemCalls.DeleteAsync(table, Reference(id), context, grains);
}
