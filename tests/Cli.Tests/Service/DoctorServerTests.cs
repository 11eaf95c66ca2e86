using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Tests.Milvus.Wire;

namespace ImageSearch.Cli.Tests.Service;

/// <summary>The doctor's checks of the servers that a service uses.</summary>
public sealed class DoctorServerTests
{
    [MilvusFact]
    public async Task A_Milvus_that_answers_is_all_right() =>
        (await MilvusAsync(MilvusServer.Options)).ShouldMatch(@"^Milvus\tok\t127\.0\.0\.1 answers, [0-9]+ collections\t$");

    [MilvusFact]
    public async Task A_database_that_Milvus_does_not_have_is_named()
    {
        var found = await MilvusAsync(MilvusServer.Options, "--milvus-db", "no_such");

        found.ShouldStartWith("Milvus\tfailed\t127.0.0.1 answers, but has no database no_such\t");
        found.ShouldContain("--milvus-db");
    }

    [Fact]
    public async Task A_Milvus_that_does_not_run_is_told_from_one_that_denies_access()
    {
        var away = await MilvusAsync(new MilvusOptions { Host = "127.0.0.1", Port = FreePort() });
        away.ShouldStartWith("Milvus\tfailed\t127.0.0.1:");
        away.ShouldContain("can't be reached: Connection refused");
        away.ShouldContain("\tcheck the host, the port");
        away.ShouldNotContain("pictures are still stored");

        await using var server = new FaultyMilvus(() => WireFault.Unauthenticated);
        var denied = await MilvusAsync(new MilvusOptions { Host = "127.0.0.1", Port = server.Port });
        denied.ShouldContain("denied access");
        denied.ShouldContain("MILVUS_TOKEN");
    }

    [MySqlFact]
    public async Task A_database_server_that_answers_is_all_right()
    {
        await using var database = TestDatabase.Create();
        Environment.SetEnvironmentVariable("MYSQL_PWD", database.Options.Password);

        var found = await FindAsync(
            "database", "--mysql-host", database.Options.Host, "--mysql-port", database.Options.Port.ToString(CultureInfo.InvariantCulture),
            "--mysql-user", database.Options.User, "--mysql-db", database.Options.Database);

        found.ShouldBe($"database\tok\t{database.Options.Host} answers, {database.Options.Database} has no catalog yet\t");
    }

    private static Task<string> MilvusAsync(MilvusOptions options, params string[] more) => FindAsync(
        "Milvus", ["--milvus-host", options.Host, "--milvus-port", options.Port.ToString(CultureInfo.InvariantCulture), .. more]);

    // The service of the other checks does not run.
    private static async Task<string> FindAsync(string check, params string[] arguments)
    {
        var ended = await Console.RunAsync(["doctor", "--server", "http://127.0.0.1:1", .. arguments]);
        return ended.Lines.Single(line => line.StartsWith($"{check}\t", StringComparison.Ordinal));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
