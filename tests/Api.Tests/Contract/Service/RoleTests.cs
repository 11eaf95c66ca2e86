using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

/// <summary>The setting ROLE.</summary>
public sealed class RoleTests
{
    [Fact]
    public async Task A_role_that_does_not_exist_is_refused()
    {
        var (code, output) = await ServiceProcess.RunToEndAsync(new Dictionary<string, string> { ["ROLE"] = "silo" });

        code.ShouldBe(1);
        output.ShouldContain("ROLE is \"silo\", but");
    }
}
