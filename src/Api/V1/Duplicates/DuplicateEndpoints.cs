using System.Globalization;
using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Description;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.V1.Duplicates;

/// <summary><c>/v1/tables/{table}/duplicates</c>: items whose pictures are the same or almost.</summary>
internal static class DuplicateEndpoints
{
    /// <summary>Groups on a page by default.</summary>
    public const int DefaultLimit = 20;

    private static readonly string[] Known = QueryParameters.NamesOf(QueryParameters.Duplicates);
    private static readonly string[] KnownOfStart = QueryParameters.NamesOf(QueryParameters.DuplicateSearch);

    public static void MapDuplicates(RouteGroupBuilder group)
    {
        group.MapGet("/tables/{table}/duplicates", FindAsync).RequireLease(CallCost.Cheap).RequiresRead()
            .WithSummary("Groups of items whose pictures are the same or almost, by page; 202 while they are searched for")
            .WithExamples(null, DuplicateExamples.Groups)
            .Produces<DuplicatesAnswer>().Produces<DuplicateSearchAnswer>(StatusCodes.Status202Accepted);
        group.MapPost("/tables/{table}/duplicates", StartAsync).RequireLease(CallCost.Cheap).RequiresWrite()
            .WithSummary("Start a search for duplicates, or get the one that runs with this min_score")
            .WithExamples(null, DuplicateExamples.Running).Produces<DuplicateSearchAnswer>(StatusCodes.Status202Accepted);
        group.MapGet("/tables/{table}/duplicates/job", DescribeAsync).RequireLease(CallCost.Cheap).RequiresRead()
            .WithSummary("The progress of the search for duplicates that was started last")
            .WithExamples(null, DuplicateExamples.Running).Produces<DuplicateSearchAnswer>();
        group.MapDelete("/tables/{table}/duplicates/job", CancelAsync).RequireLease(CallCost.Cheap).RequiresWrite()
            .WithSummary("Cancel the search for duplicates").Produces<DuplicateSearchAnswer>();
    }

    private static async Task<IResult> FindAsync(string table, HttpContext context, IGrainFactory grains)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)
            || !Body.Query(context, Known).TryGet(out var members, out failure)
            || !ReadQuery(name, members).TryGet(out var query, out failure)
            || !(await grains.Duplicates(name).FindAsync(query, context.RequestAborted)).TryGet(out var answer, out failure))
            return V1Results.Error(failure);
        var search = DuplicateSearchAnswer.Of(name, answer.Search);
        if (answer.Page is not { } page) return Accepted(context, name, search);
        var next = page.Next is { } position
            ? Cursor.OfItem(new ItemPosition(position.Index.ToString(CultureInfo.InvariantCulture), position.Search), HashOf(name, query.MinScore))
            : null;
        return WireJson.Answer(new DuplicatesAnswer(search, [.. page.Groups.Select(DuplicateGroupAnswer.Of)], next), V1Json.Wire.DuplicatesAnswer);
    }

    private static async Task<IResult> StartAsync(string table, HttpContext context, IGrainFactory grains)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)
            || !Body.Query(context, KnownOfStart).TryGet(out var members, out failure)
            || !ReadScore(members).TryGet(out var minScore, out failure)
            || !(await grains.Duplicates(name).StartAsync(minScore, context.RequestAborted)).TryGet(out var search, out failure))
            return V1Results.Error(failure);
        return Accepted(context, name, DuplicateSearchAnswer.Of(name, search));
    }

    private static async Task<IResult> DescribeAsync(string table, HttpContext context, IGrainFactory grains) =>
        TableNames.Parse(context, table).TryGet(out var name, out var failure)
            ? V1Results.Answer(
                await grains.Duplicates(name).DescribeSearchAsync(context.RequestAborted), search => DuplicateSearchAnswer.Of(name, search),
                V1Json.Wire.DuplicateSearchAnswer)
            : V1Results.Error(failure);

    private static async Task<IResult> CancelAsync(string table, HttpContext context, IGrainFactory grains) =>
        TableNames.Parse(context, table).TryGet(out var name, out var failure)
            ? V1Results.Answer(
                await grains.Duplicates(name).CancelSearchAsync(context.RequestAborted), search => DuplicateSearchAnswer.Of(name, search),
                V1Json.Wire.DuplicateSearchAnswer)
            : V1Results.Error(failure);

    private static IResult Accepted(HttpContext context, TableName name, DuplicateSearchAnswer search)
    {
        context.Response.Headers.Location = $"/v1/tables/{name}/duplicates/job";
        return WireJson.Answer(search, V1Json.Wire.DuplicateSearchAnswer, StatusCodes.Status202Accepted);
    }

    private static Result<DuplicateQuery> ReadQuery(TableName table, Members members)
    {
        if (!ReadScore(members).TryGet(out var minScore, out var failure)
            || !members.Integer("limit", 1, DuplicateQuery.MaxCount).TryGet(out var limit, out failure)
            || !members.Text("cursor", Cursor.MaxLength).TryGet(out var cursor, out failure)
            || !Cursor.ReadItem(cursor, HashOf(table, minScore)).TryGet(out var after, out failure))
            return failure;
        var query = new DuplicateQuery(minScore, (int)(limit ?? DefaultLimit), null);
        if (after is null) return query;
        return int.TryParse(after.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? query with { After = new DuplicatePosition(after.Id, index) }
            : Cursor.Invalid(cursor!);
    }

    private static Result<float> ReadScore(Members members) =>
        members.Number("min_score", DuplicateScore.Min, DuplicateScore.Max).TryGet(out var score, out var failure)
            ? (float)(score ?? DuplicateScore.Default)
            : failure;

    private static RequestHash HashOf(TableName table, float minScore) =>
        RequestHash.Of("duplicates", table.Value, minScore.ToString(CultureInfo.InvariantCulture));
}
