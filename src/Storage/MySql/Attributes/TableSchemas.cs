using System.Collections.Concurrent;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Catalog.Attributes;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.MySql.Attributes;

/// <summary>
/// Schemas as last read from the database, by generation. A user compares the revision with the registry's: a writer under the registry row's
/// lock, a reader after its read.
/// </summary>
internal sealed class TableSchemas
{
    // A few KB each. A service with more such tables reads some of them again.
    private const int MaxTables = 4096;

    private readonly ConcurrentDictionary<long, TableSchema> _known = new();

    /// <summary>The schema as last read; null if it was never read.</summary>
    public TableSchema? Find(TableGeneration table) => _known.GetValueOrDefault(table.Number);

    /// <summary>The schema with this revision. The caller holds the registry row's lock.</summary>
    public async Task<TableSchema> OfLockedAsync(MySqlSession db, TableGeneration table, long revision) =>
        Find(table) is { } known && known.Revision == revision
            ? known
            : await RefreshAsync(db, table).ConfigureAwait(false) ?? throw new InvalidOperationException("The registry row is locked and live.");

    /// <summary>Reads the schema and remembers it; null if the table is not live.</summary>
    public async Task<TableSchema?> RefreshAsync(MySqlSession db, TableGeneration table) =>
        await ReadAsync(db, table).ConfigureAwait(false) is { } schema ? Keep(table, schema) : null;

    /// <summary>Reads the schema; null if the table is not live.</summary>
    public static async Task<TableSchema?> ReadAsync(MySqlSession db, TableGeneration table)
    {
        var (row, indexes) = await db.FirstAndRestAsync<SettingsRow, IndexRow>(
            $"""
            SELECT g.settings AS Settings, g.revision AS Revision FROM `imagesearch$tables` g WHERE {TableRegistry.WhereLive};
            SELECT number AS Number, attribute AS Attribute, type AS Type, state AS State FROM {IndexTables.Indexes}
            WHERE generation = @G AND state <> '{IndexTables.Dropped}' ORDER BY number
            """,
            TableRegistry.Key(table)).ConfigureAwait(false);
        return row is null
            ? null
            : new TableSchema(row.Revision, TableSettingsJson.Read(row.Settings), [.. indexes.Select(index => index.ToIndex())]);
    }

    /// <summary>Remembers a schema that was written.</summary>
    public TableSchema Keep(TableGeneration table, TableSchema schema)
    {
        if (_known.Count >= MaxTables) _known.Clear();
        return _known[table.Number] = schema;
    }

    private sealed class SettingsRow
    {
        public string? Settings { get; init; }

        public long Revision { get; init; }
    }

    private sealed class IndexRow
    {
        public long Number { get; init; }

        public string Attribute { get; init; } = "";

        public string Type { get; init; } = "";

        public string State { get; init; } = "";

        public AttributeIndex ToIndex() => new(Number, Attribute, Enum.Parse<AttributeType>(Type), State == IndexTables.Ready);
    }
}
