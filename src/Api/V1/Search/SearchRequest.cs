using System.Globalization;
using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Filtering;

namespace ImageSearch.Api.V1.Search;

/// <summary>A search as a client describes it.</summary>
/// <param name="Examples">What to search by.</param>
/// <param name="Query">The rest of the query, without examples and position.</param>
/// <param name="Cursor">The cursor; null for the first page.</param>
/// <param name="Fields">The fields to return.</param>
/// <param name="Detect">Whether to return the main objects of the pictures.</param>
/// <param name="MainObject">The rule for the main object of the pictures; null for the table's.</param>
internal sealed record SearchRequest(
    IReadOnlyList<ExampleInput> Examples, ItemQuery Query, string? Cursor, FieldSelection Fields, bool Detect, MainObjectRule? MainObject)
{
    /// <summary>The members of a search.</summary>
    public static readonly string[] Known =
    [
        .. ExampleInput.Known, "examples", "limit", "cursor", "min_score", "filter", "group_by", "order_by", "fields", "vectors", "explain",
        "main_object", "detect",
    ];

    /// <summary>Maximum number of hits with vectors, which are several KB each.</summary>
    public const int MaxLimitWithVectors = 100;

    /// <summary>Hits on a page by default.</summary>
    public const int DefaultLimit = 10;

    /// <summary>Maximum length of an order of hits.</summary>
    public const int MaxOrderByLength = 256;

    /// <summary>Reads a search.</summary>
    public static Result<SearchRequest> Read(Members members, ReadOnlyMemory<byte>? upload, Action abandon)
    {
        if (!ExampleList.Read(members, upload, abandon).TryGet(out var examples, out var failure)
            || !members.Boolean("vectors").TryGet(out var vectors, out failure)
            || !members.Integer("limit", 1, vectors == true ? MaxLimitWithVectors : PictureQuery.MaxTopK).TryGet(out var limit, out failure)
            || !members.Text("cursor", Requests.Cursor.MaxLength).TryGet(out var cursor, out failure)
            || !members.Number("min_score", 0, 1).TryGet(out var minScore, out failure)
            || !members.Text("filter", FilterParser.MaxLength).TryGet(out var filter, out failure)
            || !members.Text("group_by", AttributeDefinition.MaxNameLength).TryGet(out var groupBy, out failure)
            || !ThenBy(members).TryGet(out var thenBy, out failure)
            || !FieldSelection.Read(members).TryGet(out var fields, out failure)
            || !members.Boolean("explain").TryGet(out var explain, out failure)
            || !members.Boolean("detect").TryGet(out var detect, out failure)
            || !MainObjectOf(members).TryGet(out var mainObject, out failure))
            return failure;
        var query = new ItemQuery([], (int)(limit ?? DefaultLimit))
        {
            Filter = filter,
            GroupBy = groupBy,
            MinScore = (float?)minScore,
            ThenBy = thenBy?.Field,
            ThenByDescending = thenBy?.IsDescending ?? false,
            Explain = explain == true,
            WithVectors = vectors == true,
        };
        return new SearchRequest(examples, query, cursor, fields, detect == true, mainObject);
    }

    /// <summary>Identifies the order of the hits, for cursors. Vectors of another model have other distances.</summary>
    public RequestHash HashFor(TableStatus table) => RequestHash.Of(
    [
        table.Name.Value, table.Model.ToString(), Query.Filter, Query.GroupBy, Query.MinScore?.ToString(CultureInfo.InvariantCulture), Query.ThenBy,
        Query.ThenByDescending ? "desc" : "asc", MainObject?.ToString(),
        .. Examples.Select(example => $"{example.IsNegative} {example.Identity}"),
    ]);

    // score first, then at most one field.
    private static Result<OrderBy?> ThenBy(Members members)
    {
        const string Bound = "score, optionally followed by a comma and one field with asc or desc";
        if (!members.Text("order_by", MaxOrderByLength).TryGet(out var text, out var failure)) return failure;
        if (text is null) return (OrderBy?)null;
        var terms = text.Split(',').Select(OrderBy.Parse).ToList();
        return terms[0] is { Field: "score" } && terms.Count <= 2 && terms[^1] is not null
            ? terms.Count == 2 ? terms[1] : (OrderBy?)null
            : InvalidField.Of(members.Path("order_by"), text, Bound);
    }

    private static Result<MainObjectRule?> MainObjectOf(Members members)
    {
        if (!members.Word<MainObjectRule>("main_object").TryGet(out var rule, out var failure)) return failure with { Bound = "off or query" };
        return rule == MainObjectRule.Both ? InvalidField.Of(members.Path("main_object"), "both", "off or query") : rule;
    }
}
