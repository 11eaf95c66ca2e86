using Bunit;
using ImageSearch.Pages.Backups;
using ImageSearch.Pages.Tests.Components;

namespace ImageSearch.Pages.Tests.Backups;

/// <summary>A backup that takes long enough to be watched.</summary>
public sealed class BackupProgressTests : ComponentTest
{
    public BackupProgressTests()
    {
        Answer("GET /v1/backups", () => Task.FromResult($$"""{"backups":[{{Backup("running", 300)}}],"next_cursor":null}"""));
        Answer("GET /v1/backups/night", () => Task.FromResult(Backup("running", 300)));
    }

    [Fact]
    public void One_that_runs_is_shown_with_its_progress_and_no_other_can_begin()
    {
        var page = Render<BackupsPage>();

        page.WaitForAssertion(() => page.Find("[role=status]").TextContent.ShouldBe("night: 300 MB of 400 MB, 3 min left"));
        page.FindAll("button").ShouldNotContain(button => button.TextContent.Trim() == BackupWords.Begin.English);
    }

    [Fact]
    public void One_that_is_cancelled_is_listed_as_such_and_another_can_begin()
    {
        Answer("DELETE /v1/backups/night", () => Task.FromResult(Backup("cancelled", 300)));
        var page = Render<BackupsPage>();
        page.WaitForElement("[role=status]");

        Answer("GET /v1/backups", () => Task.FromResult($$"""{"backups":[{{Backup("cancelled", 300)}}],"next_cursor":null}"""));
        Answer("GET /v1/backups/night", () => Task.FromResult(Backup("cancelled", 300)));
        page.FindAll("button").Single(button => button.TextContent.Trim() == BackupWords.Cancel.English).Click();
        Time.Release();

        page.WaitForAssertion(() => page.FindAll("button").ShouldContain(button => button.TextContent.Trim() == BackupWords.Begin.English));
        page.Find("tbody").TextContent.ShouldContain("Cancelled");
        Calls.ShouldContain("DELETE /v1/backups/night");
    }

    private static string Backup(string state, long megabytes) =>
        $$"""{"name":"night","state":"{{state}}","began":"2026-11-27T09:30:00.000Z","bytes":{{megabytes << 20}},"total_bytes":{{400L << 20}},"seconds_left":170}""";
}
