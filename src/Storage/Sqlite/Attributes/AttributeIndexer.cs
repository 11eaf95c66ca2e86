using ImageSearch.Storage.Catalog.Attributes;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;
using ImageSearch.Storage.Sqlite.Writing;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Sqlite.Attributes;

/// <summary>
/// Brings the index of attributes in line with changed settings, in small batches between commits. It resumes after a stop or crash,
/// because <see cref="IndexWork"/> records what is left. Used by the writer's thread only.
/// </summary>
internal sealed class AttributeIndexer(ILogger logger) : UpkeepTask
{
    // A few milliseconds per batch.
    private const int RowsPerBatch = 256;
    private const int EntriesPerBatch = 1024;

    private const string Next = """
        SELECT work.generation, work.attribute, work.clearing, tables.name, tables.state FROM imagesearch_attribute_work AS work
        LEFT JOIN imagesearch_tables AS tables ON tables.generation = work.generation
        ORDER BY work.generation, work.clearing DESC LIMIT 1
        """;

    private const string RowsAfter = """
        SELECT id, product_id, attributes FROM imagesearch_rows INDEXED BY imagesearch_rows_id
        WHERE generation = $generation AND id > (SELECT min(after_id) FROM imagesearch_attribute_work WHERE generation = $generation)
        ORDER BY id LIMIT $count
        """;

    private const string Advance = "UPDATE imagesearch_attribute_work SET after_id = $id WHERE generation = $generation";
    private const string Remove = "DELETE FROM imagesearch_attribute_work WHERE generation = $generation AND attribute = $attribute";
    private const string RemoveAll = "DELETE FROM imagesearch_attribute_work WHERE generation = $generation";

    private const string Cleared =
        "UPDATE imagesearch_attribute_work SET clearing = 0 WHERE generation = $generation AND attribute = $attribute";

    /// <summary>Statements that run once a batch, for a test of their plans.</summary>
    internal static IReadOnlyList<string> Statements => [RowsAfter, Advance, Remove, RemoveAll, Cleared];

    public override void LogFailure(Exception exception) => logger.IndexingPaused(exception);

    /// <returns>Whether there may be more.</returns>
    protected override bool RunBatch(SqliteSession db)
    {
        // Many small tables share a batch.
        for (var rows = RowsPerBatch; rows > 0;)
        {
            if (Read(db) is not { } work) return false;
            rows -= Do(db, work, rows);
        }

        return true;
    }

    private static int Do(SqliteSession db, Work work, int rows)
    {
        if (work.Live is not { } table) return db.Execute(RemoveAll, ("$generation", work.Generation));
        if (!work.IsClearing) return AddRows(db, table, rows);
        if (AttributeIndex.Clear(db, table.Generation, work.Attribute, EntriesPerBatch)) return RowsPerBatch;
        var isIndexed = work.Attribute == AttributeEntry.ProductId || table.Settings.Find(work.Attribute) is { Indexed: true };
        db.Execute(isIndexed ? Cleared : Remove, ("$generation", work.Generation), ("$attribute", work.Attribute));
        return 1;
    }

    // One pass over the rows adds the entries of all attributes that wait.
    private static int AddRows(SqliteSession db, LiveTable table, int count)
    {
        var names = IndexWork.Incomplete(db, table.Generation);
        var generation = ("$generation", (object?)table.Generation.Number);
        var rows = new List<(long Id, string? ProductId, string? Attributes)>(count);
        using (var reader = db.Query(RowsAfter, generation, ("$count", count)))
        {
            while (reader.Read())
                rows.Add((reader.GetInt64(0), reader.Text(1), reader.Text(2)));
        }

        foreach (var row in rows)
        {
            var entries = AttributeEntries.Of(row.ProductId, row.Attributes, table.Settings);
            AttributeIndex.Add(db, table.Generation, row.Id, entries.Where(entry => names.Contains(entry.Attribute)));
        }

        if (rows.Count == count) db.Execute(Advance, generation, ("$id", rows[^1].Id));
        else db.Execute(RemoveAll, generation);
        return Math.Max(1, rows.Count);
    }

    private static Work? Read(SqliteSession db)
    {
        long generation;
        string attribute;
        bool isClearing;
        string? name;
        using (var reader = db.Query(Next))
        {
            if (!reader.Read()) return null;
            (generation, attribute, isClearing) = (reader.GetInt64(0), reader.GetString(1), reader.GetBoolean(2));
            name = reader.IsDBNull(4) || reader.GetString(4) != "live" ? null : reader.GetString(3);
        }

        var table = name is not null && TableName.Parse(name).TryGet(out var parsed, out _)
            ? Registry.Live(db, parsed, generation)
            : null;
        return new Work(generation, attribute, isClearing, table);
    }

    private sealed record Work(long Generation, string Attribute, bool IsClearing, LiveTable? Live);
}
