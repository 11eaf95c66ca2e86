using System.Net;
using System.Net.Sockets;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Silo.Tests.Cluster;

/// <summary>Processes of a cluster that can't start report why, with the setting and its bound.</summary>
public sealed class SiloStartTests
{
    [Fact]
    public async Task A_silo_without_a_shared_catalog_does_not_start()
    {
        var (code, output) = await ServiceProcess.RunToEndAsync(new Dictionary<string, string>(), program: ServiceProcess.Silo);

        code.ShouldBe(1);
        output.ShouldContain("MYSQL_HOST is not set, but silos share a catalog in MySQL");
    }

    [Fact]
    public async Task A_front_end_without_the_database_of_its_silos_does_not_start()
    {
        var (code, output) = await ServiceProcess.RunToEndAsync(new Dictionary<string, string> { ["ROLE"] = "client" });

        code.ShouldBe(1);
        output.ShouldContain("ROLE is \"client\", but MYSQL_HOST is not set");
    }

    [Fact]
    public async Task A_silo_with_web_APIs_without_a_shared_catalog_does_not_start()
    {
        var (code, output) = await ServiceProcess.RunToEndAsync(new Dictionary<string, string> { ["ROLE"] = "all" });

        code.ShouldBe(1);
        output.ShouldContain("ROLE is \"all\", but MYSQL_HOST is not set");
    }

    [Fact]
    public async Task Wrong_settings_of_the_service_and_of_its_cluster_are_named_together()
    {
        var (code, output) = await ServiceProcess.RunToEndAsync(
            new Dictionary<string, string> { ["ROLE"] = "client", ["TOP_K"] = "0", ["SILO_PORT"] = "70000" });

        code.ShouldBe(1);
        output.ShouldContain("TOP_K is \"0\", but must be a whole number from 1 to 1000");
        output.ShouldContain("ROLE is \"client\", but MYSQL_HOST is not set");
        output.ShouldContain("SILO_PORT is \"70000\", but must be a whole number from 1 to 65535");
    }

    [MySqlFact]
    public async Task A_taken_port_of_a_silo_is_named_by_its_settings()
    {
        await using var database = TestDatabase.Create();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var settings = database.Settings.Append(new("SILO_PORT", $"{((IPEndPoint)taken.LocalEndpoint).Port}")).ToDictionary();

        var (code, output) = await ServiceProcess.RunToEndAsync(settings, program: ServiceProcess.Silo);

        code.ShouldBe(1, output);
        output.ShouldContain("The silo can't start: a port of the silo (SILO_PORT, GATEWAY_PORT) is already taken");
    }

    [Fact]
    public async Task Settings_of_a_cluster_are_rejected_if_the_service_runs_alone()
    {
        var (code, output) = await ServiceProcess.RunToEndAsync(new Dictionary<string, string> { ["CLUSTER_ID"] = "shop", ["CLUSTER_TLS_CERT"] = "a.pem" });

        code.ShouldBe(1);
        output.ShouldContain("CLUSTER_ID is set, but ROLE is alone");
        output.ShouldContain("CLUSTER_TLS_CERT is set, but ROLE is alone");
    }

    [Fact]
    public async Task All_wrong_settings_are_named_together()
    {
        var (code, output) = await ServiceProcess.RunToEndAsync(
            new Dictionary<string, string>
            {
                ["SILO_PORT"] = "70000",
                ["CLUSTER_ID"] = "a b",
                ["ADVERTISED_ADDRESS"] = "0.0.0.0",
                ["HEALTH_PORT"] = "30000",
                ["GATEWAY_PORT"] = "30000",
            },
            program: ServiceProcess.Silo);

        code.ShouldBe(1);
        output.ShouldContain("SILO_PORT is \"70000\", but must be a whole number from 1 to 65535");
        output.ShouldContain("CLUSTER_ID is \"a b\", but must be 1 to 100 letters");
        output.ShouldContain("ADVERTISED_ADDRESS is \"0.0.0.0\", but must be the IP address");
        output.ShouldContain("HEALTH_PORT is 30000, but so is SILO_PORT or GATEWAY_PORT");
    }
}
