using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Cli.Tests.Service;

[Collection(ServiceGroup.Name)]
public sealed class DiagnosisTests(RunningService service)
{
    [Fact]
    public async Task The_doctor_finds_a_service_that_runs_healthy()
    {
        var ended = await service.RunAsync("doctor", "--data", Path.Combine(service.Folder, "new"));

        ended.Code.ShouldBe(0, ended.Output);
        foreach (var check in (string[])["model", "SQLite", "permissions", "disk", "service", "time", "token"])
            ended.Lines.ShouldContain(line => line.StartsWith($"{check}\tok\t", StringComparison.Ordinal), ended.Output);
    }

    [Fact]
    public async Task The_doctor_says_what_to_do_about_a_wrong_token_model_and_database()
    {
        var ended = await Console.RunAsync(
            "doctor", "--server", service.Address, "--token", "wrong", "--model", service.Folder, "--mysql-host", "127.0.0.1", "--mysql-port", "1", "--mysql-db", "x", "--json");

        ended.Code.ShouldBe(1);
        foreach (var check in (string[])["model", "database", "token"])
        {
            var line = ended.Lines.Single(line => line.Contains($"\"check\":\"{check}\"", StringComparison.Ordinal));
            line.ShouldContain("\"state\":\"failed\"");
            line.ShouldContain("\"remedy\":\"");
        }
    }

    [Fact]
    public async Task A_service_that_is_named_and_does_not_run_is_a_failure() =>
        (await Console.RunAsync("doctor", "--server", "http://127.0.0.1:1")).Lines.ShouldContain(line => line.StartsWith("service\tfailed\t", StringComparison.Ordinal));

    [Fact]
    public async Task A_bench_measures_searches_and_adds_and_leaves_no_table()
    {
        await service.FillAsync("measured");
        var picture = service.Write("bench/flag.png", GoldenPicture.Flag);

        var ended = await service.RunAsync("bench", Path.GetDirectoryName(picture)!, "--table", "measured", "--seconds", "1", "--clients", "2", "--write");

        ended.Code.ShouldBe(0, ended.Error);
        ended.Lines.Select(line => line.Split('\t')[0]).ShouldBe(["load", "search by pictures", "add"]);
        (await service.RunAsync("tables")).Output.ShouldNotContain("bench_");
        (await service.RunAsync("bench", "--table", "measured", "--seconds", "1", "--json")).Report["name"]!.GetValue<string>().ShouldBe("search by items");
    }

    [Theory]
    [InlineData("--seconds is \"0\"", "bench", "--table", "measured", "--seconds", "0")]
    [InlineData("--clients is \"65\"", "bench", "--table", "measured", "--clients", "65")]
    [InlineData("--write needs pictures", "bench", "--table", "measured", "--write")]
    public async Task A_load_is_bounded(string reason, params string[] arguments)
    {
        var ended = await service.RunAsync(arguments);
        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain(reason);
    }
}
