using ImageSearch.Storage.MySql;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.MySql;

/// <summary>The Orleans membership tables, with the statements as Orleans runs them.</summary>
public sealed class ClusterTablesTests
{
    private const string Address = "10.0.0.1";

    [MySqlFact]
    public async Task Processes_that_start_together_all_find_the_tables()
    {
        await using var database = TestDatabase.Create();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PrepareAsync(database)));

        (await database.NumberAsync("SELECT COUNT(*) FROM OrleansQuery")).ShouldBe(ClusterTables.Statements.Count);
    }

    [MySqlFact]
    public async Task A_statement_of_another_version_is_replaced()
    {
        await using var database = TestDatabase.Create();
        await PrepareAsync(database);
        await database.ExecuteAsync("UPDATE OrleansQuery SET QueryText = 'SELECT 1'");

        await PrepareAsync(database);

        (await database.NumberAsync("SELECT COUNT(*) FROM OrleansQuery WHERE QueryText = 'SELECT 1'")).ShouldBe(0);
    }

    [MySqlFact]
    public async Task Of_two_silos_that_saw_the_same_version_one_joins()
    {
        await using var database = await ClusterAsync();

        (await JoinAsync(database, port: 1, version: 0)).ShouldBe(1);
        (await JoinAsync(database, port: 2, version: 0)).ShouldBe(0);

        (await database.NumberAsync("SELECT COUNT(*) FROM `imagesearch$silos`")).ShouldBe(1);
    }

    [MySqlFact]
    public async Task A_silo_that_is_there_already_moves_nothing()
    {
        await using var database = await ClusterAsync();
        await JoinAsync(database, port: 1, version: 0);

        (await JoinAsync(database, port: 1, version: 1)).ShouldBe(0);

        (await VersionAsync(database)).ShouldBe(1);
    }

    [MySqlFact]
    public async Task A_change_of_an_outdated_view_is_refused()
    {
        await using var database = await ClusterAsync();
        await JoinAsync(database, port: 1, version: 0);

        (await ChangeAsync(database, port: 1, version: 0, status: 6)).ShouldBe(0);
        (await ChangeAsync(database, port: 1, version: 1, status: 3)).ShouldBe(1);

        (await VersionAsync(database)).ShouldBe(2);
        (await database.NumberAsync("SELECT Status FROM `imagesearch$silos`")).ShouldBe(3);
    }

    [MySqlFact]
    public async Task Only_active_silos_are_gateways()
    {
        await using var database = await ClusterAsync();
        await JoinAsync(database, port: 1, version: 0);
        await JoinAsync(database, port: 2, version: 1);
        await ChangeAsync(database, port: 2, version: 2, status: 3);

        var gateway = await RunAsync(database, "GatewaysQueryKey", ("DeploymentId", "shop"), ("Status", 3));

        gateway.ShouldBe(Address);
        (await database.NumberAsync("SELECT COUNT(*) FROM `imagesearch$silos` WHERE Status = 3")).ShouldBe(1);
    }

    [MySqlFact]
    public async Task A_cluster_without_silos_shows_its_version()
    {
        await using var database = await ClusterAsync();

        (await RunAsync(database, "MembershipReadAllKey", ("DeploymentId", "shop"))).ShouldBe("shop");
    }

    [MySqlFact]
    public async Task The_driver_is_found_as_Orleans_looks_for_it()
    {
        ClusterTables.Invariant.ShouldBe("MySql.Data.MySqlConnector");
        var factory = System.Reflection.Assembly.Load("MySqlConnector").GetType("MySqlConnector.MySqlConnectorFactory")!;
        var instance = (System.Data.Common.DbProviderFactory)factory.GetField("Instance")!.GetValue(null)!;

        await using var database = await ClusterAsync();
        await using var connection = instance.CreateConnection()!;
        connection.ConnectionString = ClusterTables.ConnectionString(database.Options);
        await connection.OpenAsync();

        connection.ConnectionString.ShouldNotContain("assword");
    }

    [MySqlFact]
    public async Task A_sign_of_life_never_goes_back()
    {
        await using var database = await ClusterAsync();
        await JoinAsync(database, port: 1, version: 0);
        foreach (var seconds in new[] { 20, 10 })
        {
            await RunAsync(
                database, "UpdateIAmAlivetimeKey", ("DeploymentId", "shop"), ("Address", Address), ("Port", 1), ("Generation", 1),
                ("IAmAliveTime", DateTime.UnixEpoch.AddSeconds(seconds)));
        }

        (await ChangeAsync(database, port: 1, version: 1, status: 3)).ShouldBe(1);

        (await database.NumberAsync("SELECT SECOND(IAmAliveTime) FROM `imagesearch$silos`")).ShouldBe(20);
    }

    [MySqlTheory]
    [InlineData(3, 60, 1)]
    [InlineData(5, 60, 1)]
    [InlineData(6, 60, 0)]
    [InlineData(6, 0, 1)]
    public async Task Only_silos_that_are_dead_for_long_are_removed(int status, int secondsAfter, int left)
    {
        await using var database = await ClusterAsync();
        await JoinAsync(database, port: 1, version: 0);
        await ChangeAsync(database, port: 1, version: 1, status);

        await RunAsync(
            database, "CleanupDefunctSiloEntriesKey", ("DeploymentId", "shop"), ("IAmAliveTime", DateTime.UnixEpoch.AddSeconds(secondsAfter)));

        (await database.NumberAsync("SELECT COUNT(*) FROM `imagesearch$silos`")).ShouldBe(left);
    }

    [MySqlTheory]
    [InlineData(6, 0, null, 0)]
    [InlineData(6, 0, "", 0)]
    [InlineData(3, 0, null, 1)]
    [InlineData(6, 1, null, 1)]
    [InlineData(6, 0, "10.0.0.2:1@1,2026-01-01 00:00:00.000 GMT", 1)]
    public async Task A_dead_silo_is_removed_only_as_it_was_seen(int status, int secondsSeen, string? suspectsSeen, int left)
    {
        await using var database = await ClusterAsync();
        await JoinAsync(database, port: 1, version: 0);
        await ChangeAsync(database, port: 1, version: 1, status);

        await RunAsync(
            database, "CleanupDefunctSiloEntryKey", ("DeploymentId", "shop"), ("Address", Address), ("Port", 1), ("Generation", 1),
            ("StartTime", DateTime.UnixEpoch), ("IAmAliveTime", DateTime.UnixEpoch.AddSeconds(secondsSeen)), ("SuspectTimes", suspectsSeen));

        (await database.NumberAsync("SELECT COUNT(*) FROM `imagesearch$silos`")).ShouldBe(left);
    }

    private static async Task<TestDatabase> ClusterAsync()
    {
        var database = TestDatabase.Create();
        await PrepareAsync(database);
        await RunAsync(database, "InsertMembershipVersionKey", ("DeploymentId", "shop"));
        return database;
    }

    private static Task PrepareAsync(TestDatabase database) => ClusterTables.PrepareAsync(database.Options, NullLogger.Instance, default);

    private static Task<object?> RunAsync(TestDatabase database, string key, params (string Name, object? Value)[] values) =>
        database.ScalarAsync(ClusterTables.Statements[key], values);

    private static async Task<long> JoinAsync(TestDatabase database, int port, int version) =>
        Convert.ToInt64(
            await RunAsync(
                database, "InsertMembershipKey", ("DeploymentId", "shop"), ("Address", Address), ("Port", port), ("Generation", 1),
                ("Version", version), ("SiloName", "one"), ("HostName", "one"), ("Status", 2), ("ProxyPort", 30000),
                ("StartTime", DateTime.UnixEpoch), ("IAmAliveTime", DateTime.UnixEpoch)),
            null);

    private static async Task<long> ChangeAsync(TestDatabase database, int port, int version, int status) =>
        Convert.ToInt64(
            await RunAsync(
                database, "UpdateMembershipKey", ("DeploymentId", "shop"), ("Address", Address), ("Port", port), ("Generation", 1),
                ("Version", version), ("Status", status), ("SuspectTimes", null), ("IAmAliveTime", DateTime.UnixEpoch)),
            null);

    private static Task<long> VersionAsync(TestDatabase database) => database.NumberAsync("SELECT Version FROM `imagesearch$clusters`");
}
