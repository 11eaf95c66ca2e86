using System.Text.Json.Serialization;
using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Problems;

namespace ImageSearch.Api.V1.Search;

// The answers of searches, as they are on the wire.

/// <summary>The hits of a search, best first.</summary>
internal sealed record SearchAnswer(
    [property: JsonPropertyName("metric")] string Metric,
    [property: JsonPropertyName("hits")] IReadOnlyList<ItemAnswer> Hits,
    [property: JsonPropertyName("next_cursor")] string? NextCursor,
    [property: JsonPropertyName("notes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Notes,
    [property: JsonPropertyName("detected"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<DetectedAnswer>? Detected,
    [property: JsonPropertyName("explain"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ExplainAnswer? Explain);

/// <summary>How a search was done, and the milliseconds of its stages.</summary>
internal sealed record ExplainAnswer(
    [property: JsonPropertyName("method")] string Method,
    [property: JsonPropertyName("rounds")] int Rounds,
    [property: JsonPropertyName("examined")] int Examined,
    [property: JsonPropertyName("fetch_ms")] double FetchMs,
    [property: JsonPropertyName("embed_ms")] double EmbedMs,
    [property: JsonPropertyName("filter_ms")] double FilterMs,
    [property: JsonPropertyName("vectors_ms")] double VectorsMs,
    [property: JsonPropertyName("catalog_ms")] double CatalogMs)
{
    private const double MsPerSecond = 1000;

    public static ExplainAnswer Of(SearchPlan plan, TimeSpan fetch, TimeSpan embed) => new(
        plan.Method, plan.Rounds, plan.Examined, Ms(fetch.TotalSeconds), Ms(embed.TotalSeconds), Ms(plan.FilterSeconds), Ms(plan.VectorSeconds),
        Ms(plan.CatalogSeconds));

    private static double Ms(double seconds) => Math.Round(seconds * MsPerSecond, 3);
}

/// <summary>The results of several searches, in the order of the queries.</summary>
internal sealed record SearchesAnswer([property: JsonPropertyName("results")] IReadOnlyList<SearchResult> Results);

/// <summary>The result of one search, or the problem if it failed.</summary>
internal sealed record SearchResult(
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("result"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SearchAnswer? Result = null,
    [property: JsonPropertyName("problem"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ProblemAnswer? Problem = null)
{
    public static SearchResult Of(Result<SearchAnswer> result)
    {
        if (result.TryGet(out var answer, out var failure)) return new SearchResult(StatusCodes.Status200OK, answer);
        var problem = ProblemAnswer.Of(failure);
        return new SearchResult(problem.Status, Problem: problem);
    }
}
