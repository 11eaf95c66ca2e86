using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Tests.Sqlite.ChildProcess;

namespace ImageSearch.Storage.Tests.Sqlite;

/// <summary>Behaviour across the end of a process: a child process is killed, starved or locked out.</summary>
public sealed class SqliteProcessTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(700)]
    public async Task Every_acknowledged_row_is_there_after_kill_9(int acknowledgedBeforeKill)
    {
        using var child = Child.Start("add", _folder.Path);
        (await child.Output.ReadLineAsync()).ShouldBe(Program.OpenLine);
        var acknowledged = new List<string>();
        while (acknowledged.Count < acknowledgedBeforeKill && await child.Output.ReadLineAsync() is { } line)
        {
            acknowledged.Add(line);
        }

        await child.KillAsync();
        acknowledged.AddRange(WholeLines(await child.Output.ReadToEndAsync()));

        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(acknowledgedBeforeKill);
        await ShouldHoldAsync(acknowledged);
    }

    [LinuxFact]
    public async Task A_disk_that_takes_no_more_fails_the_write_with_a_sentence_and_keeps_every_acknowledged_row()
    {
        using var child = Child.StartWithFileLimit(1024, "add", _folder.Path);

        var lines = WholeLines(await child.Output.ReadToEndAsync());

        lines[0].ShouldBe(Program.OpenLine);
        lines.Last(line => line.Contains(':', StringComparison.Ordinal)).ShouldStartWith("CatalogUnavailable: the disk of the data folder");
        var acknowledged = lines.Where(line => char.IsAsciiDigit(line[0])).ToList();
        acknowledged.ShouldNotBeEmpty();
        await ShouldHoldAsync(acknowledged);
    }

    [Fact]
    public async Task A_second_process_on_the_folder_is_refused_until_the_first_is_killed()
    {
        using var first = Child.Start("hold", _folder.Path);
        (await first.Output.ReadLineAsync()).ShouldBe(Program.OpenLine);
        using var second = Child.Start("hold", _folder.Path);

        var refusal = await second.Output.ReadLineAsync();

        refusal.ShouldNotBeNull();
        refusal.ShouldContain("is in use by another ImageSearch process");
        refusal.ShouldContain("DATA_PATH");
        await first.KillAsync();
        await using var catalog = await _folder.OpenAsync();
    }

    private async Task ShouldHoldAsync(List<string> acknowledged)
    {
        await using (var catalog = await _folder.OpenAsync())
        {
            var table = (await catalog.ListTablesAsync(default)).Single().Generation;
            var rows = acknowledged.ToDictionary(line => long.Parse(line.Split(' ')[0]), line => line.Split(' ')[1]);
            var texts = (await catalog.ReadTextsAsync(table, [.. rows.Keys.Select(id => new RowVersion(id, 1))], default)).Value!.Texts;
            rows.ShouldAllBe(row => texts[row.Key].Tags == row.Value);
        }

        _folder.Scalar("PRAGMA integrity_check").ShouldBe("ok");
    }

    private static List<string> WholeLines(string text) => [.. text.Split('\n')[..^1]];
}
