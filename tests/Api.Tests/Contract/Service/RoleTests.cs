using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

/// <summary>The setting ROLE.</summary>
public sealed class RoleTests
{
    [Fact]
    public async Task A_role_that_does_not_exist_is_rejected()
    {
        var (code, output) = await ServiceProcess.RunToEndAsync(new Dictionary<string, string> { ["ROLE"] = "silo" });

        code.ShouldBe(1);
        output.ShouldContain("ROLE is \"silo\", but");
    }

    [Fact]
    public async Task A_service_alone_listens_on_its_web_addresses_only()
    {
        await using var service = await ServiceProcess.StartAsync(ports: 2);

        service.ListeningPorts.ShouldBe(service.Addresses.Select(address => address.Port).Order());
    }

    [MySqlFact]
    public async Task A_catalog_in_MySQL_alone_opens_no_other_port()
    {
        await using var database = TestDatabase.Create();
        await using var service = await ServiceProcess.StartAsync(database.Settings);

        service.ListeningPorts.ShouldBe([service.Address.Port]);
    }
}
