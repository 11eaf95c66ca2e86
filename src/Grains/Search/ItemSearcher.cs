using ImageSearch.Filtering;
using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Search;

/// <summary>Searches a table for items by examples, with filter, groups and pages.</summary>
internal sealed class ItemSearcher(
    ICatalog catalog, IItemCatalog items, IVectorStore vectors, TableIndexer indexer, CallMetrics metrics, TableScans scans, SearchLimits? limits = null)
{
    /// <summary>Maximum number of hits of a search with all its pages.</summary>
    public const int MaxDepth = 10_000;

    private static readonly SearchLimits DefaultLimits = new();

    private const string ProductId = "product_id";

    /// <summary>Finds the items nearest to the examples.</summary>
    public async Task<Result<ItemHits>> SearchAsync(TableRecord table, ItemQuery query, CancellationToken cancellationToken)
    {
        if (CheckBounds(query) is { } invalid) return invalid;
        query = query with { Count = Math.Min(query.Count, MaxDepth - (query.After?.Seen ?? 0)) };
        var schema = table.Settings.Attributes;
        Filter? filter = null;
        if (query.Filter is { } text && !FilterParser.Parse(text, schema).TryGet(out filter, out var failure)) return failure;
        FilterField? group = null;
        if (query.GroupBy is { } groupBy && !FieldOf("group_by", groupBy, schema).TryGet(out group, out failure)) return failure;
        if (group is not null && CheckGroup(group, query.GroupBy!) is { } noGroup) return noGroup;
        FilterField? thenBy = null;
        if (query.ThenBy is { } name && !FieldOf("then_by", name, schema).TryGet(out thenBy, out failure)) return failure;
        if (thenBy?.Type == AttributeType.StringList) return Invalid($"then_by: {query.ThenBy} is a list, which has no order");

        var read = await ExampleVectors.ReadAsync(items, table, query.Examples, cancellationToken);
        if (!read.TryGet(out var examples, out failure)) return failure;

        var stages = metrics.BeginStages();
        var join = new ItemJoin(items, indexer, table.Generation);
        var exact = vectors.DistanceError > 0 ? new ExactHits(catalog, table, examples.Views) : null;
        var search = new ItemSearch(
            items, vectors, join, exact, table.Generation, query, examples, filter, group, stages, limits ?? DefaultLimits, scans);
        await search.RunAsync(cancellationToken);
        metrics.RecordStages(stages);
        return ToHits(table.Metric, query, search.Page(), search.MayHaveMore, thenBy, stages);
    }

    private static ItemHits ToHits(
        Metric metric, ItemQuery query, List<ItemHit> hits, bool mayHaveMore, FilterField? thenBy, SearchStages stages)
    {
        // The position is in the order of hits; only what the page shows is ordered by the field.
        var seen = (query.After?.Seen ?? 0) + hits.Count;
        var next = hits.Count == query.Count && mayHaveMore && seen < MaxDepth
            ? new HitPosition(hits[^1].SquaredDistance, hits[^1].Item.Id, seen)
            : null;
        if (thenBy is not null) hits = [.. hits.Order(new HitOrder(thenBy, query.ThenByDescending))];
        return new ItemHits(metric, hits, next, query.Explain ? stages.ToPlan() : null);
    }

    private static Failure? CheckBounds(ItemQuery query)
    {
        if (query.Count is < 1 or > PictureQuery.MaxTopK) return Invalid($"count must be 1 to {PictureQuery.MaxTopK}, not {query.Count}");
        if (query.MinScore is { } score && !(score is >= 0 and <= 1)) return Invalid($"min_score must be 0 to 1, not {score}");
        if (query.After is { } after && after.Seen is < 0 or >= MaxDepth)
            return Invalid($"a search has at most {MaxDepth} hits on all pages, and this page would begin after {after.Seen}");
        return null;
    }

    private static Result<FilterField> FieldOf(string parameter, string name, IReadOnlyList<AttributeDefinition> schema) =>
        FilterFields.Parse(name, schema).TryGet(out var field, out var failure)
            ? field
            : failure with { Message = $"{parameter}: {failure.Message}" };

    private static Failure? CheckGroup(FilterField group, string name) => group switch
    {
        { Type: AttributeType.StringList } => Invalid($"group_by: {name} is a list, which has no single value"),
        { Kind: FieldKind.ProductId or FieldKind.Attribute } => null,
        _ => Invalid($"group_by must be {ProductId} or an attribute, not {name}"),
    };

    private static Failure Invalid(string message) => new(FailureCode.RequestInvalid, message);
}
