using System.Text.Json;
using ImageSearch.Client.Http;
using ImageSearch.Client.Items;
using ImageSearch.Client.Json;
using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Search;

/// <summary>A search.</summary>
public sealed record SearchQuery
{
    /// <summary>Searches by a picture.</summary>
    /// <param name="picture">The picture.</param>
    public SearchQuery(Picture picture)
        : this([Example.OfPicture(picture)])
    {
    }

    /// <summary>Searches by examples.</summary>
    /// <param name="examples">1 to 16 examples, at least one of which is not negative.</param>
    public SearchQuery(params IReadOnlyList<Example> examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        Examples = examples;
    }

    /// <summary>What to search by.</summary>
    public IReadOnlyList<Example> Examples { get; }

    /// <summary>Hits of a page: 1 to 1000, with vectors at most 100; null for 10.</summary>
    public int? Limit { get; init; }

    /// <summary><see cref="SearchAnswer.NextCursor"/> of the page before, with the same query otherwise.</summary>
    public string? Cursor { get; init; }

    /// <summary>The smallest score of a hit, 0 to 1.</summary>
    public double? MinScore { get; init; }

    /// <summary>Only items that match (docs/filters.md).</summary>
    public string? Filter { get; init; }

    /// <summary>product_id or an attribute that is no list: the best hit of each value.</summary>
    public string? GroupBy { get; init; }

    /// <summary>score, then one field that orders hits of equal score: <c>score, price desc</c>.</summary>
    public string? OrderBy { get; init; }

    /// <summary>The fields to return; null for all. The id always is.</summary>
    public IReadOnlyCollection<string>? Fields { get; init; }

    /// <summary>Whether hits have their vectors.</summary>
    public bool WithVectors { get; init; }

    /// <summary>Off or query instead of the table's rule.</summary>
    public MainObjectRule? MainObject { get; init; }

    /// <summary>Whether the answer has the main object of each picture.</summary>
    public bool Detect { get; init; }

    /// <summary>Whether the answer says how the search was done and what its stages took.</summary>
    public bool Explain { get; init; }

    /// <summary>The body of the search: a form if its only example is an upload, else JSON.</summary>
    internal async ValueTask<CallBody> ToBodyAsync(CancellationToken cancellationToken)
    {
        if (Examples is [{ Picture.Upload: { } upload, IsNegative: false } single]) return new FormBody(upload, AddTo(single.ToMembers()));
        var write = await ToJsonAsync(cancellationToken).ConfigureAwait(false);
        return new JsonBody(Members.ObjectOf(write));
    }

    /// <summary>Writes the members of the search after its pictures are read.</summary>
    internal async ValueTask<Action<Utf8JsonWriter>> ToJsonAsync(CancellationToken cancellationToken)
    {
        var examples = new List<Action<Utf8JsonWriter>>();
        foreach (var example in Examples) examples.Add(await example.ToJsonAsync(cancellationToken).ConfigureAwait(false));
        return json =>
        {
            json.WriteStartArray("examples");
            foreach (var write in examples)
            {
                json.WriteStartObject();
                write(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            AddTo(new Members()).Write(json);
        };
    }

    private Members AddTo(Members members) => members
        .Add("limit", Limit).Add("cursor", Cursor).Add("min_score", MinScore).Add("filter", Filter).Add("group_by", GroupBy).Add("order_by", OrderBy)
        .AddList("fields", Fields).AddFlag("vectors", WithVectors).Add("main_object", MainObject).AddFlag("detect", Detect)
        .AddFlag("explain", Explain);
}
