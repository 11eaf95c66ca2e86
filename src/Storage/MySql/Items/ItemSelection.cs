using System.Data.Common;
using System.Globalization;
using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Catalog.Attributes;
using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.MySql.Items;

/// <summary>Finds rows by indexes.</summary>
internal sealed class ItemSelection(TableSchemas schemas, ColumnIndexes productIds)
{
    // The settings would have to be changed during each of these.
    private const int MaxAttempts = 4;

    /// <summary>Ids of a superset of the rows that match; null if there are more than the limit or no index narrows the filter.</summary>
    public async Task<Result<IReadOnlyList<long>?>> SelectAsync(
        MySqlSession db, TableGeneration table, Filter filter, int limit, CancellationToken cancellationToken)
    {
        var hasProductIds = UsesProductId(filter) && await productIds.ExistsAsync(db, table).ConfigureAwait(false);
        var schema = schemas.Find(table) is { IsReady: true } known ? known : null;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var isRemembered = schema is not null;
            schema ??= await schemas.RefreshAsync(db, table).ConfigureAwait(false);
            if (schema is null) return CatalogFailures.TableDropped(table);
            if (FilterLookups.Of(filter, field => Serves(schema, field, hasProductIds)) is not { } lookup)
            {
                if (!isRemembered) return NotNarrowed;
                schema = null;
                continue;
            }

            var ids = new List<long>();
            var values = new StatementValues();
            TableRegistry.AddKey(values, table);
            var sql = new LookupSql(new TableSql(table), schema, values).Ids(lookup, limit + 1);
            if (MayReadMore(lookup, limit) && await IsTooBroadAsync(db, sql, values, limit, cancellationToken).ConfigureAwait(false)) return NotNarrowed;
            var revision = await db.ReadAsync<long?>(
                $"{sql};\n{ItemSql.LiveRevision}", values, row => ids.Add(row.GetInt64(0)), last => last.GetInt64(0), cancellationToken)
                .ConfigureAwait(false);
            if (revision is null) return CatalogFailures.TableDropped(table);

            // Entries of an index that was dropped may have been removed already.
            if (revision == schema.Revision) return ids.Count > limit ? NotNarrowed : Result.Success<IReadOnlyList<long>?>(ids);
            schema = null;
        }

        return NotNarrowed;
    }

    private static Result<IReadOnlyList<long>?> NotNarrowed => Result.Success<IReadOnlyList<long>?>(null);

    // Each term of a disjunction has the limit.
    private static bool MayReadMore(IndexLookup lookup, int limit) => lookup switch
    {
        AllLookups => true,
        AnyLookup any => any.Terms.Any(term => term is AllLookups or AnyLookup) || any.Terms.Count * (limit + 1L) > EntryBudget.Of(limit),
        _ => false,
    };

    // Of a conjunction whose terms all find many rows, the server would read most entries of one of them: 0.1 s for 50,000. The estimates
    // count the first index of each SELECT: of a conjunction, of each term of a disjunction, and of the disjunctions within a conjunction,
    // which the server reads as a whole.
    private static async Task<bool> IsTooBroadAsync(
        MySqlSession db, string sql, StatementValues values, int limit, CancellationToken cancellationToken)
    {
        var first = 0L;
        var entries = 0L;
        var selects = new HashSet<long>();
        await db.ReadAsync(
            "EXPLAIN " + sql,
            values,
            row =>
            {
                // The result of a UNION has no id; it and a derived table, which have names like <derived2>, are counted by what they read.
                if (Number(row, "id") is not { } select || !selects.Add(select)) return;
                var rows = Number(row, "rows") ?? 0;
                if (selects.Count == 1) first = rows;
                if (row["table"] is not string table || !table.StartsWith('<')) entries += rows;
            },
            cancellationToken).ConfigureAwait(false);
        return first > 2L * limit || entries > EntryBudget.Of(limit);
    }

    private static long? Number(DbDataReader row, string column) =>
        row[column] is var value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    private static bool Serves(TableSchema schema, FilterField field, bool hasProductIds) => field switch
    {
        { Kind: FieldKind.ProductId } => hasProductIds,
        { Kind: FieldKind.Attribute, Attribute: { } attribute } =>
            schema.Find(attribute.Name) is { IsReady: true } index && index.Type == field.Type,
        _ => false,
    };

    private static bool UsesProductId(Filter filter) => filter switch
    {
        AllOf all => all.Terms.Any(UsesProductId),
        AnyOf any => any.Terms.Any(UsesProductId),
        Comparison comparison => comparison.Field.Kind == FieldKind.ProductId,
        OneOf some => some.Field.Kind == FieldKind.ProductId,
        StartsWith starts => starts.Field.Kind == FieldKind.ProductId,
        Exists exists => exists.Field.Kind == FieldKind.ProductId,
        _ => false,
    };
}
