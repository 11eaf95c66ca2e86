using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Tables;

/// <summary><c>/v1/tables/{table}</c>: tables and their settings.</summary>
internal static class TableEndpoints
{
    private static readonly MaxBody PlainBody = new(RequestLimits.MaxPlainBodyBytes);

    public static void MapTables(RouteGroupBuilder group)
    {
        group.MapPut("/tables/{table}", PutAsync).WithMetadata(PlainBody).RequiresAdmin("table.put")
            .WithSummary("Create a table, or replace its settings")
            .WithBody<TableRequest>("application/json").WithExamples(TableExamples.Settings, TableExamples.Table)
            .Produces<TableAnswer>(StatusCodes.Status201Created).Produces<TableAnswer>();
        group.MapGet("/tables/{table}", GetAsync).RequireLease(CallCost.Cheap).RequiresRead()
            .WithSummary("A table with its settings and sizes").WithExamples(null, TableExamples.Sized).Produces<TableAnswer>();
        group.MapPatch("/tables/{table}", PatchAsync).WithMetadata(PlainBody).RequiresAdmin("table.configure")
            .WithSummary("Change settings of a table (JSON merge patch)")
            .WithBody<TableRequest>("application/merge-patch+json", "application/json").WithExamples(TableExamples.Patch, TableExamples.Table)
            .Produces<TableAnswer>();
        group.MapDelete("/tables/{table}", DeleteAsync).RequireLease(CallCost.Cheap).RequiresAdmin("table.drop")
            .WithSummary("Delete a table with all its items").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> PutAsync(string table, HttpContext context, TableWriter writer)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)
            || !Preconditions.OfWrite(context.Request).TryGet(out var condition, out failure))
            return V1Results.Error(failure);
        if (!(await ReadAsync(context)).TryGet(out var change, out failure)) return V1Results.BodyError(failure);
        var written = await writer.PutAsync(name, change, condition, context.RequestAborted);
        if (!written.TryGet(out var put, out failure)) return V1Results.Error(failure.Named(context.Request));
        if (put.IsNew) context.Response.Headers.Location = $"/v1/tables/{name}";
        return Answer(context, put.Table, put.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> PatchAsync(string table, HttpContext context, TableWriter writer)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)
            || !Preconditions.OfWrite(context.Request).TryGet(out var condition, out failure))
            return V1Results.Error(failure);
        if (!(await ReadAsync(context)).TryGet(out var change, out failure)) return V1Results.BodyError(failure);
        var patched = await writer.PatchAsync(name, change, condition, context.RequestAborted);
        return patched.TryGet(out var status, out failure) ? Answer(context, status, StatusCodes.Status200OK) : V1Results.Error(failure.Named(context.Request));
    }

    private static async Task<IResult> GetAsync(string table, HttpContext context, IGrainFactory grains)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)
            || !(await grains.Items(name).MeasureAsync(context.RequestAborted)).TryGet(out var size, out failure))
            return V1Results.Error(failure);
        context.Response.Headers.ETag = Preconditions.Header(size.Status.Tag);
        return WireJson.Answer(TableAnswer.Of(size), V1Json.Wire.TableAnswer);
    }

    private static async Task<IResult> DeleteAsync(string table, HttpContext context, TableWriter writer)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)
            || !Preconditions.OfWrite(context.Request).TryGet(out var condition, out failure))
            return V1Results.Error(failure);
        var dropped = await writer.DeleteAsync(name, condition, context.RequestAborted);
        return dropped.Failure is null ? TypedResults.NoContent() : V1Results.Error(dropped.Failure.Named(context.Request));
    }

    private static async Task<Result<TableChange>> ReadAsync(HttpContext context)
    {
        if (!(await Body.ReadAsync(context, TableChange.Known)).TryGet(out var body, out var failure)) return failure;
        using (body) return TableChange.Read(body.Members);
    }

    private static IResult Answer(HttpContext context, TableStatus table, int statusCode)
    {
        context.Response.Headers.ETag = Preconditions.Header(table.Tag);
        return WireJson.Answer(TableAnswer.Of(table), V1Json.Wire.TableAnswer, statusCode);
    }
}
