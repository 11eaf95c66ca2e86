using System.Diagnostics;
using ImageSearch.Api.Tests.Contract.V1;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>A catalog in MySQL is backed up by MySQL's own tools, as docs/backup.md describes.</summary>
public sealed class MySqlDumpTests
{
    [MySqlFact]
    public async Task A_backup_answers_how_the_database_is_dumped_and_a_service_on_the_restored_dump_finds_the_same()
    {
        await using var database = TestDatabase.Create();
        await using var other = TestDatabase.Create();
        await using var service = await ServiceProcess.StartAsync(database.Settings);
        var calls = new NativeClient(service.Client);
        var table = await calls.NewTableAsync();
        foreach (var (picture, i) in GoldenPicture.Different.Select((picture, i) => (picture, i))) await calls.PutItemAsync(table, $"k{i}", picture, tags: "标签");

        var refused = await calls.PostAsync("/v1/backups", new { });
        (refused.Status, refused.Text("code")).ShouldBe((409, "backup_unavailable"));
        var options = "--single-transaction --quick --hex-blob --no-tablespaces --default-character-set=utf8mb4";
        refused.Text("detail").ShouldNotBeNull().ShouldContain($"mariadb-dump {options} DATABASE");
        await DumpAsync(database.Settings, other.Settings, options);

        await using var restored = await ServiceProcess.StartAsync(other.Settings);
        var search = new { image = GoldenPicture.Arrow.Base64(), limit = 100, fields = new[] { "key", "tags" } };
        var answers = await Task.WhenAll(calls.PostAsync($"/v1/tables/{table}/search", search), new NativeClient(restored.Client).PostAsync($"/v1/tables/{table}/search", search));
        answers[1].Body.GetProperty("hits").GetRawText().ShouldBe(answers[0].Body.GetProperty("hits").GetRawText());
        answers[1].Body.GetProperty("hits").GetArrayLength().ShouldBe(GoldenPicture.Different.Count);
    }

    private static async Task DumpAsync(IReadOnlyDictionary<string, string> from, IReadOnlyDictionary<string, string> to, string options)
    {
        var server = $"--host={from["MYSQL_HOST"]} --port={from["MYSQL_PORT"]} --user={from["MYSQL_USER"]} --protocol=tcp";
        var start = new ProcessStartInfo(
            "bash", ["-c", $"set -o pipefail; mariadb-dump {server} {options} {from["MYSQL_DB"]} | (mariadb {server} -e 'CREATE DATABASE {to["MYSQL_DB"]} CHARACTER SET utf8mb4' && mariadb {server} {to["MYSQL_DB"]})"])
        {
            RedirectStandardError = true,
            Environment = { ["MYSQL_PWD"] = from["MYSQL_PWD"] },
        };
        using var shell = Process.Start(start)!;
        var errors = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        shell.ExitCode.ShouldBe(0, errors);
    }
}
