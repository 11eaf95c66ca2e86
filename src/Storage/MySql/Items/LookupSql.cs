using System.Globalization;
using ImageSearch.Storage.Catalog.Attributes;
using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Items;

/// <summary>
/// Turns lookups into SQL. The terms of a conjunction are a join, whose order the server chooses by looking into the indexes: it reads the
/// entries of the rarest term and finds each row among those of the others by their primary key.
/// </summary>
internal sealed class LookupSql(TableSql sql, TableSchema schema, StatementValues values)
{
    // The server joins at most 61 tables, and the time to choose their order grows with them.
    private const int MaxJoined = 8;

    /// <summary>A statement that returns ids: of a long conjunction, those of its first terms, lookups in one index before others.</summary>
    /// <param name="lookup">What to look up.</param>
    /// <param name="limit">Maximum number of ids; null for all.</param>
    public string Ids(IndexLookup lookup, int? limit) => lookup switch
    {
        // A term that alone exceeds the limit makes the whole exceed it.
        AnyLookup any => string.Join(" UNION ", any.Terms.Select(term => $"({Ids(term, limit)})")) + Limit(limit),
        AllLookups all => Join([.. all.Terms.OrderBy(term => term is AllLookups or AnyLookup).Take(MaxJoined)], limit),
        _ => Join([lookup], limit),
    };

    private static string Limit(int? limit) => limit is { } count ? string.Create(CultureInfo.InvariantCulture, $" LIMIT {count}") : "";

    private string Join(IReadOnlyList<IndexLookup> terms, int? limit)
    {
        var sources = new List<string>(terms.Count);
        var conditions = new List<string>(terms.Count);
        for (var i = 0; i < terms.Count; i++)
        {
            var alias = string.Create(CultureInfo.InvariantCulture, $"t{i}");
            var (source, condition) = Term(terms[i], alias);
            sources.Add($"{source} {alias}");
            if (i > 0) conditions.Add($"{alias}.id = t0.id");
            if (condition is not null) conditions.Add(condition);
        }

        // A row may have several entries of a list.
        var distinct = terms.Any(term => IndexOf(term) is { Type: AttributeType.StringList }) ? "DISTINCT " : "";
        var where = conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions);
        return $"SELECT {distinct}CAST(t0.id AS SIGNED) AS id FROM {string.Join(" JOIN ", sources)}{where}{Limit(limit)}";
    }

    private (string Source, string? Condition) Term(IndexLookup term, string alias) => term switch
    {
        IdLookup ids => (sql.Table, $"{alias}.id IN ({SqlList.Of(ids.Ids.Where(id => id >= 0))})"),
        ValueLookup { Index: FilterLookups.Key } some => (sql.Table, OneOf($"{alias}.item_key", some)),
        ValueLookup { Index: AttributeEntry.ProductId } some => (sql.Table, OneOf($"{alias}.product_id", some)),
        RangeLookup { Index: FilterLookups.Key } range => (sql.Table, PaddedRange($"{alias}.item_key", range)),
        RangeLookup { Index: AttributeEntry.ProductId } range => (sql.Table, PaddedRange($"{alias}.product_id", range)),
        ValueLookup some => (IndexTables.Entries, OfIndex(some, alias) + " AND " + OneOf(some.Values[0].Text is null ? $"{alias}.number" : $"{alias}.text", some)),
        RangeLookup range => (IndexTables.Entries, OfIndex(range, alias) + " AND " + Range(range.IsText ? $"{alias}.text" : $"{alias}.number", range)),
        _ => ($"({Ids(term, null)})", null),
    };

    private AttributeIndex? IndexOf(IndexLookup term) => term switch
    {
        ValueLookup some => schema.Find(some.Index),
        RangeLookup range => schema.Find(range.Index),
        _ => null,
    };

    private string OfIndex(IndexLookup term, string alias) =>
        string.Create(CultureInfo.InvariantCulture, $"{alias}.index_number = {IndexOf(term)!.Number}");

    // A text that is cut finds all texts with the same beginning.
    private string OneOf(string column, ValueLookup some) =>
        $"{column} IN ({string.Join(", ", some.Values.Select(Value))})";

    private string Range(string column, RangeLookup range)
    {
        var bounds = new List<string>(2);
        if (range.From is { } from) bounds.Add($"{column} {(IsInclusive(from) ? ">=" : ">")} {Value(from.Value)}");
        if (range.To is { } to) bounds.Add($"{column} {(IsInclusive(to) ? "<=" : "<")} {Value(to.Value)}");
        return bounds.Count == 0 ? $"{column} IS NOT NULL" : string.Join(" AND ", bounds);
    }

    private string PaddedRange(string column, RangeLookup range)
    {
        var bounds = new List<string>(2);
        if (range.From is { } from) bounds.Add($"{column} >= {values.AddOne(PaddedText.LowerBound(from.Value.Text!))}");
        if (range.To is { } to) bounds.Add($"{column} {PaddedText.Below(to)} {values.AddOne(PaddedText.UpperBound(to.Value.Text!))}");
        return bounds.Count == 0 ? $"{column} IS NOT NULL" : string.Join(" AND ", bounds);
    }

    private static bool IsInclusive(ValueBound bound) => bound.Inclusive || (bound.Value.Text is { } text && EntryText.MayBeCut(text));

    private string Value(IndexedValue value) => value.Text is { } text ? values.AddOne(EntryText.Cut(text)) : EntrySql.Literal(value.Number);
}
