using System.Text.Json;
using Dapper;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Catalog.Attributes;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Schema;

/// <summary>Reads and writes the registry of data sets.</summary>
internal static class Registry
{
    /// <summary>Selects a table's row if it is live and has the caller's set of vectors; see <see cref="Key"/>.</summary>
    private const string WhereLive = "generation = $generation AND name = $name AND state = 'live' AND vector_set = $set";

    private const string Columns = """
        generation AS Generation, name AS Name, model_name AS ModelName, model_version AS ModelVersion, dimension AS Dimension,
        metric AS Metric, settings AS Settings, revision AS Revision, create_date AS Created, vector_set AS VectorSet
        """;

    public static IReadOnlyList<TableRecord> List(SqliteSession db)
    {
        using var reader = db.Query($"SELECT {Columns} FROM imagesearch_tables WHERE state = 'live' ORDER BY name");
        return [.. reader.Parse<Row>().Select(row => row.ToRecord())];
    }

    /// <summary>Live tables with a greater name, by name.</summary>
    public static IReadOnlyList<TableRecord> List(SqliteSession db, string? after, int count)
    {
        using var reader = db.Query(
            $"SELECT {Columns} FROM imagesearch_tables WHERE state = 'live' AND name > $after ORDER BY name LIMIT $count",
            ("$after", after ?? ""), ("$count", count));
        return [.. reader.Parse<Row>().Select(row => row.ToRecord())];
    }

    public static TableRecord? Find(SqliteSession db, TableName name)
    {
        using var reader = db.Query(
            $"SELECT {Columns} FROM imagesearch_tables WHERE name = $name AND state = 'live'", ("$name", name.Value));
        return reader.Parse<Row>().FirstOrDefault()?.ToRecord();
    }

    /// <summary>The dimension of the table's vectors, or null if the table is not live.</summary>
    public static int? LiveDimension(SqliteSession db, TableGeneration table) =>
        db.Scalar(
            $"SELECT dimension FROM imagesearch_tables WHERE {WhereLive}", Key(table)) is long dimension ? (int)dimension : null;

    /// <summary>The table's revision, or null if the table is not live.</summary>
    public static long? Revision(SqliteSession db, TableGeneration table) =>
        db.Scalar(
            $"SELECT revision FROM imagesearch_tables WHERE {WhereLive}", Key(table)) as long?;

    /// <summary>What writes of rows must know of a table; null if it is not live.</summary>
    public static LiveTable? Live(SqliteSession db, TableGeneration table)
    {
        using var reader = db.Query(
            $"SELECT dimension, settings FROM imagesearch_tables WHERE {WhereLive}", Key(table));
        return reader.Read() ? new LiveTable(table, reader.GetInt32(0), Settings(reader.Text(1), table.Name.Value)) : null;
    }

    /// <summary>What writes of a live table's rows must know, whichever set of vectors it has; null if it is not live.</summary>
    public static LiveTable? Live(SqliteSession db, TableName name, long generation) =>
        Find(db, name) is { } found && found.Generation.Number == generation ? Live(db, found.Generation) : null;

    public static CreatedTable Create(
        SqliteSession db, TableName name, ModelIdentity model, Metric metric, TableSettings settings, int maxTables, string now)
    {
        if (Find(db, name) is { } live)
        {
            return new CreatedTable(live, IsNew: false);
        }

        // The first count includes dropped tables and is fast; the exact one reads every row of the registry.
        if ((long)db.Scalar("SELECT count(*) FROM imagesearch_tables")! >= maxTables
            && (long)db.Scalar("SELECT count(*) FROM imagesearch_tables WHERE state = 'live'")! >= maxTables)
        {
            throw CatalogFailures.TooManyTables(maxTables);
        }

        var number = (long)db.Scalar(
            """
            INSERT INTO imagesearch_tables (name, state, model_name, model_version, dimension, metric, last_id, create_date, settings)
            VALUES ($name, 'live', $model, $version, $dimension, $metric,
                coalesce((SELECT last_id FROM imagesearch_names WHERE name = $name), 0), $now, $settings)
            RETURNING generation
            """,
            ("$name", name.Value), ("$model", model.Name), ("$version", model.Version), ("$dimension", model.Dimension),
            ("$metric", metric.ToString()), ("$now", now), ("$settings", TableSettingsJson.Write(settings)))!;
        return new CreatedTable(
            new TableRecord(new TableGeneration(name, number), model, metric) { Settings = settings, Created = now }, IsNew: true);
    }

    /// <summary>Replaces the settings and the metric of a live table, and increments its revision.</summary>
    public static void Configure(SqliteSession db, TableGeneration table, TableSettings settings, Metric metric) =>
        db.Execute(
            "UPDATE imagesearch_tables SET settings = $settings, metric = $metric, revision = revision + 1 WHERE generation = $generation",
            ("$settings", TableSettingsJson.Write(settings)), ("$metric", metric.ToString()), ("$generation", table.Number));

    /// <summary>Frees the name and keeps its last id for the next table with this name.</summary>
    public static bool Drop(SqliteSession db, TableGeneration table)
    {
        if (LiveDimension(db, table) is null)
        {
            return false;
        }

        db.Execute(
            "UPDATE imagesearch_tables SET state = 'dropping' WHERE generation = $generation", ("$generation", table.Number));
        db.Execute(
            """
            INSERT INTO imagesearch_names (name, last_id)
            SELECT name, last_id FROM imagesearch_tables WHERE generation = $generation
            ON CONFLICT (name) DO UPDATE SET last_id = max(last_id, excluded.last_id)
            """,
            ("$generation", table.Number));
        return true;
    }

    /// <summary>The oldest dropped table with rows left.</summary>
    public static TableGeneration? NextDropping(SqliteSession db)
    {
        using var reader = db.Query(
            "SELECT generation, name FROM imagesearch_tables WHERE state = 'dropping' ORDER BY generation LIMIT 1");
        return reader.Read() ? new TableGeneration(NameOf(reader.GetString(1)), reader.GetInt64(0)) : null;
    }

    /// <summary>The oldest table whose rows are not moved from the first schema yet.</summary>
    /// <param name="db">The catalog.</param>
    /// <param name="from">The generation to start from; those before it are moved.</param>
    public static OwnTable? NextOwn(SqliteSession db, long from)
    {
        using var reader = db.Query(
            """
            SELECT generation, name, state, physical_table FROM imagesearch_tables
            WHERE generation >= $from AND physical_table IS NOT NULL ORDER BY generation LIMIT 1
            """,
            ("$from", from));
        return reader.Read()
            ? new OwnTable(new TableGeneration(NameOf(reader.GetString(1)), reader.GetInt64(0)), reader.GetString(2) == "live", reader.GetString(3))
            : null;
    }

    public static void Forget(SqliteSession db, TableGeneration table)
    {
        db.Execute("DELETE FROM imagesearch_attribute_work WHERE generation = $generation", ("$generation", table.Number));
        db.Execute("DELETE FROM imagesearch_tables WHERE generation = $generation", ("$generation", table.Number));
    }

    private static (string Name, object? Value)[] Key(TableGeneration table) =>
        [("$generation", table.Number), ("$name", table.Name.Value), ("$set", table.VectorSet)];

    private static TableSettings Settings(string? text, string table)
    {
        try
        {
            return StoredSettings.Of(text);
        }
        catch (JsonException)
        {
            throw Damaged("settings of table " + table);
        }
    }

    private static TableName NameOf(string text) =>
        TableName.Parse(text).TryGet(out var name, out _) ? name : throw Damaged("a table's name");

    public static CatalogException Damaged(string what) => new(
        FailureCode.CatalogUnavailable, $"the registry in catalog.db is damaged ({what}); restore the data folder from a backup");

    // Settable properties, because Dapper converts values for them; constructor parameters must match SQLite's types exactly.
    private sealed class Row
    {
        public long Generation { get; init; }

        public string Name { get; init; } = "";

        public string ModelName { get; init; } = "";

        public string ModelVersion { get; init; } = "";

        public long Dimension { get; init; }

        public string Metric { get; init; } = "";

        public string? Settings { get; init; }

        public long Revision { get; init; }

        public string Created { get; init; } = "";

        public long VectorSet { get; init; }

        public TableRecord ToRecord() => new(
            new TableGeneration(NameOf(Name), Generation) { VectorSet = VectorSet },
            new ModelIdentity(ModelName, ModelVersion, int.CreateChecked(Dimension)),
            Enum.TryParse<Metric>(Metric, out var metric) ? metric : throw Damaged("metric of table " + Name))
        {
            Settings = Registry.Settings(Settings, Name),
            Revision = Revision,
            Created = Created,
        };
    }
}
