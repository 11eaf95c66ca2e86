using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Problems;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.V1.Search;

/// <summary><c>/v1/tables/{table}/search</c> and <c>/v1/search</c>.</summary>
internal static class SearchEndpoints
{
    private const int MaxQueries = 16;

    private static readonly string[] Known = ["queries"];
    private static readonly string[] QueryMembers = [.. SearchRequest.Known, "table"];

    public static void MapSearch(RouteGroupBuilder group)
    {
        group.MapPost("/tables/{table}/search", SearchAsync).RequiresRead().WithSummary("Find items by a picture, an item, a vector or examples")
            .WithBody<SearchBody>(ItemEndpoints.MediaTypes).WithExamples(SearchExamples.Request, SearchExamples.Answer).Produces<SearchAnswer>();
        group.MapPost("/search", SearchManyAsync).RequiresRead().WithSummary("Several searches in one call, also in several tables")
            .WithBody<SearchesBody>("application/json").WithExamples(SearchExamples.Requests, SearchExamples.Answers).Produces<SearchesAnswer>();
    }

    private static async Task<IResult> SearchAsync(string table, HttpContext context, SearchRunner runner)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)) return V1Results.Error(failure);
        if (!(await Body.ReadAsync(context, SearchRequest.Known)).TryGet(out var body, out failure)) return V1Results.BodyError(failure);
        using (body)
        {
            if (!SearchRequest.Read(body.Members, body.Picture, body.Abandon).TryGet(out var request, out failure)) return V1Results.Error(failure);
            var answer = await runner.RunAsync(name, request, runner.NewEmbeddings(context.RequestAborted), context.RequestAborted);
            return V1Results.Answer(answer, found => found, V1Json.Wire.SearchAnswer);
        }
    }

    private static async Task<IResult> SearchManyAsync(HttpContext context, SearchRunner runner)
    {
        if (!(await Body.ReadAsync(context, Known)).TryGet(out var body, out var failure)) return V1Results.BodyError(failure);
        using (body)
        {
            if (!body.Members.Objects("queries", MaxQueries).TryGet(out var queries, out failure)) return V1Results.Error(failure);
            if (queries is null or [])
                return V1Results.Error(InvalidField.Missing("queries", $"an array of 1 to {MaxQueries} searches, each with a table"));
            var embeddings = runner.NewEmbeddings(context.RequestAborted);
            // All are read before one runs: reading decodes base64 in the body.
            var read = queries.Select((json, i) => ReadQuery(context, json, $"queries[{i}].", body.Abandon)).ToList();
            var results = await Task.WhenAll(read.Select((query, i) => RunAsync(query, i, runner, embeddings, context.RequestAborted)));
            return WireJson.Answer(new SearchesAnswer(results), V1Json.Wire.SearchesAnswer);
        }
    }

    private static async Task<SearchResult> RunAsync(
        Result<(TableName Table, SearchRequest Request)> query,
        int index,
        SearchRunner runner,
        QueryEmbeddings embeddings,
        CancellationToken cancellationToken)
    {
        var result = query.TryGet(out var search, out var failure)
            ? await runner.RunAsync(search.Table, search.Request, embeddings, cancellationToken)
            : failure;
        return SearchResult.Of(result.Failure is { } failed ? failed.Within($"queries[{index}]") : result);
    }

    private static Result<(TableName Table, SearchRequest Request)> ReadQuery(
        HttpContext context, Memory<byte> json, string prefix, Action abandon)
    {
        if (!Members.Parse(json, prefix, QueryMembers).TryGet(out var members, out var failure)
            || !members.Text("table", int.MaxValue).TryGet(out var table, out failure)
            || !TableNames.Parse(context, table, members.Path("table")).TryGet(out var name, out failure)
            || !SearchRequest.Read(members, null, abandon).TryGet(out var request, out failure))
            return failure;
        return (name, request);
    }
}
