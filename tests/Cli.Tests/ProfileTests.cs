using System.Runtime.Versioning;
using ImageSearch.Cli.Tests.Service;

namespace ImageSearch.Cli.Tests;

/// <summary>Tests of the user's profiles, which other commands use by default: they run alone.</summary>
[CollectionDefinition(nameof(ProfileTests), DisableParallelization = true)]
public sealed class ProfileGroup : ICollectionFixture<RunningService>;

[Collection(nameof(ProfileTests))]
[UnsupportedOSPlatform("windows")]
public sealed class ProfileTests(RunningService service) : IDisposable
{
    private static string File => Path.Combine(Console.Home, "config", "imagesearch", "config.json");

    public void Dispose() => System.IO.File.Delete(File);

    [Fact]
    public async Task A_profile_names_a_service_and_keeps_its_token_for_its_owner_alone()
    {
        (await AddAsync("shop", service.Address, RunningService.Token)).Code.ShouldBe(0);

        (await Console.RunAsync("tables", "--profile", "shop")).Code.ShouldBe(0);
        // The first profile is the default one.
        (await Console.RunAsync("tables")).Code.ShouldBe(0);
        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var listed = await Console.RunAsync("profile", "list", "--json");
        listed.Output.ShouldNotContain(RunningService.Token);
        (listed.Report["has_token"]!.GetValue<bool>(), listed.Report["default"]!.GetValue<bool>()).ShouldBe((true, true));
    }

    [Fact]
    public async Task The_token_of_a_profile_is_not_sent_to_another_server()
    {
        await AddAsync("shop", "http://127.0.0.1:1", RunningService.Token);
        (await Console.RunAsync("tables", "--server", service.Address)).Code.ShouldBe(5);
    }

    [Fact]
    public async Task A_file_with_tokens_that_others_may_read_is_refused()
    {
        await AddAsync("shop", service.Address, RunningService.Token);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var refused = await Console.RunAsync("tables");
        (refused.Code, refused.Error.Contains("chmod 600", StringComparison.Ordinal)).ShouldBe((1, true), refused.Error);
    }

    [Fact]
    public async Task A_removed_profile_is_gone()
    {
        await AddAsync("shop", service.Address, RunningService.Token);
        (await Console.RunAsync("profile", "remove", "shop")).Code.ShouldBe(0);
        (await Console.RunAsync("tables", "--profile", "shop")).Error.ShouldContain("there is no profile shop");
        (await System.IO.File.ReadAllTextAsync(File)).ShouldNotContain(RunningService.Token);
        (await Console.RunAsync("profile", "remove", "shop")).Code.ShouldBe(1);
    }

    [Fact]
    public async Task A_damaged_file_is_an_error_that_does_not_quote_it()
    {
        await AddAsync("shop", service.Address, RunningService.Token);
        await System.IO.File.AppendAllTextAsync(File, "}");
        var refused = await Console.RunAsync("tables");
        refused.Code.ShouldBe(1);
        refused.Error.ShouldContain("is not a file of profiles");
        refused.Error.ShouldNotContain(RunningService.Token);
    }

    private static async Task<Console.Ended> AddAsync(string name, string server, string token)
    {
        var typed = System.Console.In;
        System.Console.SetIn(new StringReader(token + "\n"));
        try
        {
            return await Console.RunAsync("profile", "add", name, "--server", server, "--token-stdin");
        }
        finally
        {
            System.Console.SetIn(typed);
        }
    }
}
