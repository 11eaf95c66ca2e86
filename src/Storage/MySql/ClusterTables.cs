using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.MySql;

/// <summary>
/// The Orleans membership tables in the catalog's database: the silos, and the statements that Orleans' ADO.NET membership runs. Orleans
/// reads these from the table OrleansQuery and knows nothing else of the schema. Each statement is atomic by itself, so the database user
/// does not need the right to create procedures.
/// </summary>
public static class ClusterTables
{
    private const string Ascii = "CHARACTER SET ascii COLLATE ascii_bin";
    private const string Options = "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

    private const string Tables = $"""
        CREATE TABLE IF NOT EXISTS OrleansQuery (
            QueryKey VARCHAR(64) {Ascii} NOT NULL PRIMARY KEY,
            QueryText VARCHAR(4000) NOT NULL) {Options};
        CREATE TABLE IF NOT EXISTS `imagesearch$clusters` (
            DeploymentId VARCHAR(150) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
            Version INT NOT NULL DEFAULT 0) {Options};
        CREATE TABLE IF NOT EXISTS `imagesearch$silos` (
            DeploymentId VARCHAR(150) COLLATE utf8mb4_bin NOT NULL,
            Address VARCHAR(45) {Ascii} NOT NULL,
            Port INT NOT NULL,
            Generation INT NOT NULL,
            SiloName VARCHAR(150) NOT NULL,
            HostName VARCHAR(255) NOT NULL,
            Status INT NOT NULL,
            ProxyPort INT NULL,
            SuspectTimes VARCHAR(8000) {Ascii} NULL,
            StartTime DATETIME(3) NOT NULL,
            IAmAliveTime DATETIME(3) NOT NULL,
            PRIMARY KEY (DeploymentId, Address, Port, Generation)) {Options};
        """;

    // SiloStatus.Dead.
    private const string Dead = "6";

    private const string Silo = "DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation";

    private const string Columns = """
        SELECT c.DeploymentId, s.Address, s.Port, s.Generation, s.SiloName, s.HostName, s.Status, s.ProxyPort, s.SuspectTimes, s.StartTime,
            s.IAmAliveTime, c.Version
        FROM `imagesearch$clusters` c LEFT JOIN `imagesearch$silos` s ON s.DeploymentId = c.DeploymentId
        """;

    /// <summary>The statements by Orleans' names for them.</summary>
    internal static IReadOnlyDictionary<string, string> Statements { get; } = new Dictionary<string, string>
    {
        ["InsertMembershipVersionKey"] = """
            INSERT IGNORE INTO `imagesearch$clusters` (DeploymentId) VALUES (@DeploymentId);
            SELECT ROW_COUNT();
            """,

        // The version is an optimistic lock: of several silos that read the same one, the first wins and the others read again. A silo that
        // has a row already changes nothing.
        ["InsertMembershipKey"] = $"""
            START TRANSACTION;
            UPDATE `imagesearch$clusters` SET Version = Version + 1
            WHERE DeploymentId = @DeploymentId AND Version = @Version AND NOT EXISTS (SELECT 1 FROM `imagesearch$silos` WHERE {Silo});
            INSERT INTO `imagesearch$silos`
                (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
            SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
            FROM DUAL WHERE ROW_COUNT() = 1;
            SELECT ROW_COUNT();
            COMMIT;
            """,
        ["UpdateMembershipKey"] = """
            UPDATE `imagesearch$clusters` c JOIN `imagesearch$silos` s ON s.DeploymentId = c.DeploymentId
            SET c.Version = c.Version + 1, s.Status = @Status, s.SuspectTimes = @SuspectTimes,
                s.IAmAliveTime = GREATEST(s.IAmAliveTime, @IAmAliveTime)
            WHERE c.DeploymentId = @DeploymentId AND c.Version = @Version
                AND s.Address = @Address AND s.Port = @Port AND s.Generation = @Generation;
            SELECT ROW_COUNT() > 0;
            """,

        // A silo's heartbeat may overtake an update that another silo makes from an older read; the time never decreases.
        ["UpdateIAmAlivetimeKey"] =
            $"UPDATE `imagesearch$silos` SET IAmAliveTime = GREATEST(IAmAliveTime, @IAmAliveTime) WHERE {Silo};",
        ["MembershipReadRowKey"] =
            $"{Columns} AND s.Address = @Address AND s.Port = @Port AND s.Generation = @Generation WHERE c.DeploymentId = @DeploymentId;",
        ["MembershipReadAllKey"] = $"{Columns} WHERE c.DeploymentId = @DeploymentId;",
        ["GatewaysQueryKey"] = """
            SELECT Address, ProxyPort, Generation FROM `imagesearch$silos`
            WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0;
            """,
        ["DeleteMembershipTableEntriesKey"] = """
            DELETE FROM `imagesearch$silos` WHERE DeploymentId = @DeploymentId;
            DELETE FROM `imagesearch$clusters` WHERE DeploymentId = @DeploymentId;
            """,

        // Dead silos only: a silo in any other state may recover, or has yet to be declared dead by the others.
        ["CleanupDefunctSiloEntriesKey"] = $"""
            DELETE FROM `imagesearch$silos`
            WHERE DeploymentId = @DeploymentId AND Status = {Dead} AND StartTime < @IAmAliveTime AND IAmAliveTime < @IAmAliveTime;
            """,

        // Orleans 10.4 selects the rows itself, also by the times of the votes, and removes each only if unchanged since it was read.
        ["CleanupDefunctSiloEntryKey"] = $"""
            DELETE FROM `imagesearch$silos`
            WHERE {Silo} AND Status = {Dead} AND StartTime = @StartTime AND IAmAliveTime = @IAmAliveTime
                AND COALESCE(SuspectTimes, '') = COALESCE(@SuspectTimes, '');
            """,
    };

    /// <summary>The invariant name by which Orleans loads the ADO.NET driver.</summary>
    public static string Invariant => MySqlDriver.Invariant;

    /// <summary>
    /// Whether the name, in any letter case, is that of a table in Orleans' own scripts, OrleansQuery included. Some servers do not
    /// distinguish table names by case.
    /// </summary>
    /// <param name="name">The name of a data set.</param>
    public static bool IsReserved(TableName name) =>
        name.Value.ToUpperInvariant() is "ORLEANSQUERY" or "ORLEANSMEMBERSHIPTABLE" or "ORLEANSMEMBERSHIPVERSIONTABLE";

    /// <summary>
    /// The connection string for Orleans. Contains the password. Not pooled: membership queries run a few times a minute.
    /// </summary>
    public static string ConnectionString(MySqlOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return MySqlDriver.ConnectionString(options, options.Database);
    }

    /// <summary>
    /// Creates the database and the tables if missing, and replaces the statements by this version's. Processes may do so concurrently.
    /// </summary>
    /// <exception cref="CatalogException">The server can't be reached or denies access; the message says what to do.</exception>
    public static async Task PrepareAsync(MySqlOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var retry = new MySqlRetry(options, logger);
        await retry.RunAsync(() => PrepareAsync(options), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> PrepareAsync(MySqlOptions options)
    {
        await MySqlSchema.CreateDatabaseAsync(options).ConfigureAwait(false);
        var source = MySqlDriver.Source(options, options.Database);
        await using (source.ConfigureAwait(false))
        {
            var db = await MySqlSession.OpenAsync(source, options, new QueryCount()).ConfigureAwait(false);
            await using (db.ConfigureAwait(false))
            {
                var held = await DatabaseLock.TakeAsync(db, options, "schema").ConfigureAwait(false);
                await db.ExecuteAsync(Tables).ConfigureAwait(false);
                foreach (var (key, text) in Statements)
                    await db.ExecuteAsync("REPLACE INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text)", new { key, text }).ConfigureAwait(false);
                await held.ReleaseAsync().ConfigureAwait(false);
            }
        }

        return true;
    }
}
