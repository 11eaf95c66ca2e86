using ImageSearch.Filtering;

namespace ImageSearch.Api.V1.Items;

/// <summary>Checks the parts of a query that depend on a table's schema, before a picture is fetched or embedded.</summary>
internal static class QuerySchema
{
    private const string OrderBound = "id, created, modified, key, product_id or an indexed attribute that is not a list";
    private const string FilterBound = "a filter as docs/filters.md describes it";
    private const string GroupBound = "product_id or an attribute that is not a list";

    /// <summary>Checks a list.</summary>
    public static Result<Done> CheckList(TableStatus table, ItemListQuery query)
    {
        if (CheckFilter(table, query.Filter) is { } invalid) return invalid;
        if (!FilterFields.Parse(query.Order, table.Settings.Attributes).TryGet(out var order, out var failure))
            return Named(failure, "order_by", query.Order);
        return order.CanOrderPages ? Done.Ok : InvalidField.Of("order_by", query.Order, OrderBound);
    }

    /// <summary>Checks a search.</summary>
    public static Result<Done> CheckSearch(TableStatus table, ItemQuery query)
    {
        var schema = table.Settings.Attributes;
        if (CheckFilter(table, query.Filter) is { } invalid) return invalid;
        if (query.ThenBy is { } thenBy)
        {
            if (!FilterFields.Parse(thenBy, schema).TryGet(out var field, out var failure)) return Named(failure, "order_by", thenBy);
            if (field.Type == AttributeType.StringList) return InvalidField.Of("order_by", thenBy, "score and a field that is not a list");
        }

        if (query.GroupBy is { } groupBy)
        {
            if (!FilterFields.Parse(groupBy, schema).TryGet(out var field, out var failure)) return Named(failure, "group_by", groupBy);
            if (!field.CanGroup) return InvalidField.Of("group_by", groupBy, GroupBound);
        }

        return Done.Ok;
    }

    private static Failure? CheckFilter(TableStatus table, string? filter) =>
        filter is not null && FilterParser.Parse(filter, table.Settings.Attributes).Failure is { } invalid ? Named(invalid, "filter", filter) : null;

    private static Failure Named(Failure failure, string field, string value) =>
        failure with
        {
            Field = field,
            Value = value,
            Bound = failure.Bound ?? FilterBound,
            Message = failure.Code == FailureCode.FilterInvalid ? failure.Message : $"{field}: {failure.Message}",
        };
}
