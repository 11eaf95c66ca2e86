using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Catalog.Attributes;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageSearch.Storage.Sqlite.Attributes;

/// <summary>Finds the rows that may match a filter in the indexes.</summary>
internal sealed class IndexReads
{
    // Reading and testing a row costs as much as reading about 20 entries, so that it does not pay to narrow fewer rows than this further.
    private const int FewRows = 64;

    private readonly SqliteSession _db;
    private readonly long _generation;
    private readonly int _limit;
    private readonly CancellationToken _cancellationToken;
    private long _budget;

    private IndexReads(SqliteSession db, long generation, int limit, CancellationToken cancellationToken)
    {
        (_db, _generation, _limit, _cancellationToken) = (db, generation, limit, cancellationToken);
        _budget = EntryBudget.Of(limit);
    }

    /// <summary>The ids, or null; see <see cref="IItemCatalog.SelectIdsAsync"/>.</summary>
    public static Result<IReadOnlyList<long>?> Select(
        SqliteSession db, TableGeneration table, Filter filter, int limit, CancellationToken cancellationToken)
    {
        if (Registry.Live(db, table) is not { } live) return CatalogFailures.TableDropped(table);
        var incomplete = IndexWork.Incomplete(db, table);
        var lookup = FilterLookups.Of(
            filter,
            field => field.Kind == FieldKind.ProductId
                ? !incomplete.Contains(AttributeEntry.ProductId)
                : IsIndexed(live.Settings, field) && !incomplete.Contains(field.Attribute!.Name));
        var ids = lookup is null ? null : new IndexReads(db, table.Number, limit, cancellationToken).Find(lookup);
        return Result.Success<IReadOnlyList<long>?>(ids is null ? null : [.. ids]);
    }

    /// <summary>Whether an attribute is indexed with the type that a caller knows.</summary>
    public static bool IsIndexed(TableSettings settings, FilterField field) =>
        settings.Find(field.Attribute!.Name) is { Indexed: true } attribute && attribute.Type == field.Type;

    // Null if there are more than the limit, or if the budget is used up: then a conjunction keeps the ids of the terms before.
    private HashSet<long>? Find(IndexLookup lookup) => lookup switch
    {
        AllLookups all => Intersect(all.Terms),
        AnyLookup any => Unite(any.Terms),
        IdLookup ids => ids.Ids.Count <= _limit ? [.. ids.Ids] : null,
        ValueLookup { Index: FilterLookups.Key } keys => Read(keys.Values, IndexSql.KeyEquals, keys.Index),
        ValueLookup values => Read(values.Values, IndexSql.ValueEquals, values.Index),
        RangeLookup range => Read(range),
        _ => throw new ArgumentOutOfRangeException(nameof(lookup)),
    };

    private HashSet<long>? Intersect(IReadOnlyList<IndexLookup> terms)
    {
        HashSet<long>? found = null;
        foreach (var term in terms.OrderBy(Looseness))
        {
            if (Find(term) is not { } ids) continue;
            if (found is null) found = ids;
            else found.IntersectWith(ids);
            if (found.Count <= FewRows) break;
        }

        return found;
    }

    private HashSet<long>? Unite(IReadOnlyList<IndexLookup> terms)
    {
        var found = new HashSet<long>();
        foreach (var term in terms)
        {
            if (Find(term) is not { } ids) return null;
            found.UnionWith(ids);
            if (found.Count > _limit) return null;
        }

        return found;
    }

    // Terms that tend to find few rows first.
    private static int Looseness(IndexLookup lookup) => lookup switch
    {
        IdLookup => 0,
        ValueLookup { Index: FilterLookups.Key or AttributeEntry.ProductId } => 1,
        ValueLookup => 2,
        RangeLookup { From: null, To: null } => 4,
        _ => 3,
    };

    private HashSet<long>? Read(IReadOnlyList<IndexedValue> values, string sql, string index)
    {
        var found = new HashSet<long>();
        foreach (var value in values)
        {
            if (!Read(found, sql, ("$generation", _generation), ("$attribute", index), ("$from", value.Boxed)))
                return null;
        }

        return found;
    }

    private HashSet<long>? Read(RangeLookup range)
    {
        var found = new HashSet<long>();
        return Read(
            found, IndexSql.Range(range),
            ("$generation", _generation), ("$attribute", range.Index), ("$from", range.From?.Value.Boxed), ("$to", range.To?.Value.Boxed))
            ? found
            : null;
    }

    // A row of a list is there once a value, so that entries are counted and not rows: behind the last one there may be other rows.
    private bool Read(HashSet<long> found, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (_budget <= 0) return false;
        var max = Math.Min(_limit, _budget);
        using var reader = _db.Query(sql, [.. values, ("$limit", max + 1)]);
        if (!reader.Read()) return true;

        // SQLite's own calls: the reader takes three times as long for an id.
        var statement = reader.Handle;
        var entries = 0L;
        int step;
        do
        {
            _cancellationToken.ThrowIfCancellationRequested();
            found.Add(raw.sqlite3_column_int64(statement, 0));
            entries++;
            step = raw.sqlite3_step(statement);
        }
        while (step == raw.SQLITE_ROW);

        if (step != raw.SQLITE_DONE) throw new SqliteException("reading an index failed", step);
        _budget -= entries;
        return entries <= max && found.Count <= _limit;
    }
}
