using System.Text.Json;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Docs;

/// <summary>The commands of docs/api.md work, and the answers have the fields that it shows.</summary>
public sealed class ApiPageTests
{
    [Fact]
    public async Task The_commands_of_the_page_give_the_answers_that_it_shows()
    {
        await using var service = await ServiceProcess.StartAsync();
        var blocks = ReadmeBlocks.Of("docs/api.md");
        var pairs = blocks.Zip(blocks.Skip(1)).Where(pair => (pair.First.Language, pair.Second.Language) == ("bash", "json")).ToList();
        pairs.Count.ShouldBe(18);
        foreach (var (command, shown) in pairs)
        {
            var printed = await Shell.RunAsync(Shell.AtAddress(command.Text, service.Address));
            var (answer, expected) = (JsonElement.Parse(printed), JsonElement.Parse(shown.Text));
            Fields(answer).ShouldBe(Fields(expected), printed);
            if (expected.TryGetProperty("key", out var key)) ShouldBeAlike(answer, expected, key.ToString());
            if (expected.TryGetProperty("results", out _)) Statuses(answer).ShouldBe(Statuses(expected), printed);
        }

        (await Shell.RunAsync(Shell.AtAddress(blocks[^1].Text, service.Address))).ShouldBe("204204");
    }

    [Fact]
    public void Both_languages_have_the_same_commands_and_answers() =>
        ReadmeBlocks.Of("docs/api.zh-CN.md").ShouldBe(ReadmeBlocks.Of("docs/api.md"));

    private static string[] Fields(JsonElement json) => [.. json.EnumerateObject().Select(field => field.Name)];

    private static string[] Statuses(JsonElement json) =>
        [.. json.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("status").ToString())];

    // Dates and vectors differ.
    private static void ShouldBeAlike(JsonElement answer, JsonElement expected, string context)
    {
        foreach (var field in expected.EnumerateObject().Where(field => field.Name is not ("created" or "modified" or "vector")))
            answer.GetProperty(field.Name).GetRawText().ShouldBe(field.Value.GetRawText(), context);
    }
}
