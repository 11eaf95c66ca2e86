using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.MySql;

/// <summary>
/// The tables by which the processes of a cluster find each other, in the catalog's database: which silos there are, and the
/// statements that Orleans' membership by ADO.NET reads and runs (it looks for them in a table called OrleansQuery and knows nothing else
/// of the schema). Each statement changes all or nothing by itself, so that none needs a right to make procedures.
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

    /// <summary>The statements by the names under which Orleans asks for them.</summary>
    internal static IReadOnlyDictionary<string, string> Statements { get; } = new Dictionary<string, string>
    {
        ["InsertMembershipVersionKey"] = """
            INSERT IGNORE INTO `imagesearch$clusters` (DeploymentId) VALUES (@DeploymentId);
            SELECT ROW_COUNT();
            """,

        // The version is the lock: of several who saw the same one, the first wins and the others read anew. A silo that has a row already
        // moves nothing.
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

        // A silo's sign of life may overtake an update that another silo makes from an older view of it; the time never goes back.
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

        // Dead silos only: one in any other state may come back, or is still to be declared dead by the others.
        ["CleanupDefunctSiloEntriesKey"] = $"""
            DELETE FROM `imagesearch$silos`
            WHERE DeploymentId = @DeploymentId AND Status = {Dead} AND StartTime < @IAmAliveTime AND IAmAliveTime < @IAmAliveTime;
            """,

        // Orleans 10.4 picks the rows itself, by the times of the votes too, and removes each one only as it saw it.
        ["CleanupDefunctSiloEntryKey"] = $"""
            DELETE FROM `imagesearch$silos`
            WHERE {Silo} AND Status = {Dead} AND StartTime = @StartTime AND IAmAliveTime = @IAmAliveTime
                AND COALESCE(SuspectTimes, '') = COALESCE(@SuspectTimes, '');
            """,
    };

    /// <summary>The ADO.NET provider for Orleans, which finds the driver's assembly by this name.</summary>
    public static string Invariant => MySqlDriver.Invariant;

    /// <summary>
    /// Names of tables in Orleans' own scripts, the one above among them. A data set can't have such a name, in any letter case: some
    /// servers do not distinguish table names by case.
    /// </summary>
    /// <param name="name">The name of a data set.</param>
    public static bool IsReserved(TableName name) =>
        name.Value.ToUpperInvariant() is "ORLEANSQUERY" or "ORLEANSMEMBERSHIPTABLE" or "ORLEANSMEMBERSHIPVERSIONTABLE";

    /// <summary>The connection string for Orleans. Holds the password. Not pooled: membership asks a few times a minute.</summary>
    public static string ConnectionString(MySqlOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return MySqlDriver.ConnectionString(options, options.Database);
    }

    /// <summary>
    /// Makes the database and the tables where they are missing, and brings the statements up to this version's. Any number of processes
    /// may do so at a time.
    /// </summary>
    /// <exception cref="CatalogException">The server can't be reached or lets the user not in; says what to do.</exception>
    public static async Task PrepareAsync(MySqlOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var retry = new MySqlRetry(options, logger);
        await retry.RunAsync(() => PrepareAsync(options), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> PrepareAsync(MySqlOptions options)
    {
        await MySqlSchema.MakeDatabaseAsync(options).ConfigureAwait(false);
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
