using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Catalog.Attributes;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Tables;

/// <summary>Reads the registry of data sets and changes its rows' states; each change names the state that it expects.</summary>
internal static class TableRegistry
{
    public const string Creating = "creating";
    public const string Live = "live";
    public const string Dropping = "dropping";

    /// <summary>The table is renamed and has yet to be removed.</summary>
    public const string Dropped = "dropped";

    /// <summary>Selects a generation's row if it is live and has the caller's set of vectors; parameters G, N and V.</summary>
    public const string WhereLive = "g.generation = @G AND g.name = @N AND g.state = 'live' AND g.vector_set = @V";

    private const string Columns = """
        generation AS Generation, name AS Name, state AS State, model_name AS ModelName, model_version AS ModelVersion,
        dimension AS Dimension, metric AS Metric, settings AS Settings, revision AS Revision, vector_set AS VectorSet,
        LEFT(DATE_FORMAT(create_date, '%Y-%m-%d %H:%i:%s.%f'), 23) AS Created
        """;

    public static async Task<IReadOnlyList<TableRecord>> ListAsync(MySqlSession db, CancellationToken cancellationToken = default) =>
        [.. (await db.QueryAsync<RegistryRow>(
            $"SELECT {Columns} FROM `imagesearch$tables` WHERE state = 'live' ORDER BY name", cancellationToken: cancellationToken)
            .ConfigureAwait(false)).Select(row => row.ToRecord())];

    /// <summary>Live tables with a greater name, by name. The names' index holds those of live tables and of ones that are being created.</summary>
    public static async Task<IReadOnlyList<TableRecord>> ListAsync(MySqlSession db, string? after, int count, CancellationToken cancellationToken) =>
        [.. (await db.QueryAsync<RegistryRow>(
            $"SELECT {Columns} FROM `imagesearch$tables` WHERE held_name > @after AND state = 'live' ORDER BY held_name LIMIT @count",
            new { after = after ?? "", count }, cancellationToken).ConfigureAwait(false)).Select(row => row.ToRecord())];

    /// <summary>The names and last changes of live tables.</summary>
    public static Task<List<RegistryRow>> LastChangesAsync(MySqlSession db, CancellationToken cancellationToken) =>
        db.QueryAsync<RegistryRow>(
            "SELECT generation AS Generation, name AS Name, vector_set AS VectorSet, last_change AS LastChange FROM `imagesearch$tables` WHERE state = 'live'",
            cancellationToken: cancellationToken);

    public static Task<List<RegistryRow>> LeftoversAsync(MySqlSession db) =>
        db.QueryAsync<RegistryRow>($"SELECT {Columns} FROM `imagesearch$tables` WHERE state <> 'live' ORDER BY generation");

    /// <summary>All rows of a name in any state, oldest first.</summary>
    public static Task<List<RegistryRow>> RowsOfAsync(MySqlSession db, TableName name) =>
        db.QueryAsync<RegistryRow>(
            $"SELECT {Columns} FROM `imagesearch$tables` WHERE name = @name ORDER BY generation", new { name = name.Value });

    public static async Task<TableRecord?> FindAsync(
        MySqlSession db, TableName name, CancellationToken cancellationToken = default) =>
        (await db.FirstAsync<RegistryRow>(
            $"SELECT {Columns} FROM `imagesearch$tables` WHERE held_name = @name AND state = 'live'", new { name = name.Value },
            cancellationToken).ConfigureAwait(false))?.ToRecord();

    public static async Task<bool> IsLiveAsync(
        MySqlSession db, TableGeneration table, CancellationToken cancellationToken = default) =>
        await db.FirstAsync<int?>($"SELECT 1 FROM `imagesearch$tables` g WHERE {WhereLive}", Key(table), cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>The table's revision, or null if the table is not live.</summary>
    public static Task<long?> RevisionAsync(MySqlSession db, TableGeneration table, CancellationToken cancellationToken = default) =>
        db.FirstAsync<long?>($"SELECT g.revision FROM `imagesearch$tables` g WHERE {WhereLive}", Key(table), cancellationToken);

    /// <summary>The number of live tables and of those being created. Reads only the index on the names.</summary>
    public static Task<long> CountHeldAsync(MySqlSession db) =>
        db.FirstAsync<long>("SELECT COUNT(held_name) FROM `imagesearch$tables` WHERE held_name IS NOT NULL");

    /// <summary>Takes a new generation number.</summary>
    public static async Task<long> NextGenerationAsync(MySqlSession db) =>
        await db.FirstAsync<long>(
            "UPDATE `imagesearch$state` SET value = LAST_INSERT_ID(value + 1) WHERE name = 'generation'; SELECT CAST(LAST_INSERT_ID() AS SIGNED)")
            .ConfigureAwait(false);

    public static Task BeginAsync(MySqlSession db, TableRecord table) =>
        db.ExecuteAsync(
            """
            INSERT INTO `imagesearch$tables`
                (generation, name, held_name, state, model_name, model_version, dimension, metric, settings, create_date)
            VALUES (@number, @name, @name, 'creating', @model, @version, @dimension, @metric, @settings, @now)
            """,
            new
            {
                number = table.Generation.Number,
                name = table.Generation.Name.Value,
                model = table.Model.Name,
                version = table.Model.Version,
                dimension = table.Model.Dimension,
                metric = table.Metric.ToString(),
                settings = TableSettingsJson.Write(table.Settings),
                now = table.Created,
            });

    /// <summary>Replaces the settings and increments the revision. The caller's transaction holds the row's lock.</summary>
    public static Task ConfigureAsync(MySqlSession db, TableGeneration table, TableSettings settings, Metric metric) =>
        db.ExecuteAsync(
            "UPDATE `imagesearch$tables` SET settings = @settings, metric = @metric, revision = revision + 1 WHERE generation = @number",
            new { number = table.Number, settings = TableSettingsJson.Write(settings), metric = metric.ToString() });

    public static async Task<bool> MakeLiveAsync(MySqlSession db, TableGeneration table, long lastId) =>
        await db.ExecuteAsync(
            "UPDATE `imagesearch$tables` SET state = 'live', last_id = @lastId WHERE generation = @number AND state = 'creating'",
            new { number = table.Number, lastId }).ConfigureAwait(false) == 1;

    public static async Task<bool> MoveAsync(MySqlSession db, TableGeneration table, string from, string to) =>
        await db.ExecuteAsync(
            "UPDATE `imagesearch$tables` SET state = @to, held_name = NULL WHERE generation = @number AND state = @from",
            new { number = table.Number, from, to }).ConfigureAwait(false) == 1;

    public static Task ForgetAsync(MySqlSession db, TableGeneration table, string state) =>
        db.ExecuteAsync(
            "DELETE FROM `imagesearch$tables` WHERE generation = @number AND state = @state", new { number = table.Number, state });

    public static Task<long> LastIdOfNameAsync(MySqlSession db, TableName name) =>
        db.FirstAsync<long>("SELECT COALESCE(MAX(last_id), 0) FROM `imagesearch$names` WHERE name = @name", new { name = name.Value });

    public static Task KeepLastIdAsync(MySqlSession db, TableGeneration table, long lastId) =>
        db.ExecuteAsync(
            """
            INSERT INTO `imagesearch$names` (name, last_id)
            SELECT name, GREATEST(last_id, @lastId) FROM `imagesearch$tables` WHERE generation = @number
            ON DUPLICATE KEY UPDATE last_id = GREATEST(`imagesearch$names`.last_id, VALUES(last_id))
            """,
            new { number = table.Number, lastId });

    /// <summary>The parameter values of <see cref="WhereLive"/>.</summary>
    public static object Key(TableGeneration table) => new { G = table.Number, N = table.Name.Value, V = table.VectorSet };

    /// <summary>Adds the parameter values of <see cref="WhereLive"/>.</summary>
    public static void AddKey(StatementValues values, TableGeneration table)
    {
        values.Add("G", table.Number);
        values.Add("N", table.Name.Value);
        values.Add("V", table.VectorSet);
    }
}
