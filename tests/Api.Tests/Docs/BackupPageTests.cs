using System.Text.Json;
using ImageSearch.Api.Tests.Contract.V1;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Docs;

/// <summary>The calls of docs/backup.md and its Chinese page work, and the answers have the fields that it shows.</summary>
public sealed class BackupPageTests
{
    [Theory]
    [InlineData("docs/backup.md")]
    [InlineData("docs/backup.zh-CN.md")]
    public async Task The_calls_of_the_page_make_a_backup(string page)
    {
        var folder = Directory.CreateTempSubdirectory("imagesearch-page-");
        try
        {
            await using var service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["BACKUP_PATH"] = folder.FullName });
            var blocks = ReadmeBlocks.Of(page);
            var calls = blocks.Where(block => block.Language == "bash" && block.Text.StartsWith("curl", StringComparison.Ordinal)).Select(block => block.Text).ToList();
            var shown = blocks.Where(block => block.Language == "json").Select(block => JsonElement.Parse(block.Text)).ToList();

            var begun = JsonElement.Parse(await Shell.RunAsync(Shell.AtAddress(calls[0], service.Address)));
            Fields(begun).ShouldBe(Fields(shown[0]));
            await new BackupClient(service.Client).UntilEndedAsync("before-update");

            var ended = JsonElement.Parse(await Shell.RunAsync(Shell.AtAddress(calls[1], service.Address)));
            Fields(ended).ShouldBe(Fields(shown[1]));
            ended.GetProperty("state").GetString().ShouldBe(shown[1].GetProperty("state").GetString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Both_languages_have_the_same_commands_and_answers() =>
        ReadmeBlocks.Of("docs/backup.zh-CN.md").ShouldBe(ReadmeBlocks.Of("docs/backup.md"));

    private static string[] Fields(JsonElement json) => [.. json.EnumerateObject().Select(field => field.Name)];
}
