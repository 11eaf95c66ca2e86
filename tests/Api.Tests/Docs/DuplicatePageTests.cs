using System.Text.Json;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Docs;

/// <summary>The commands of docs/duplicates.md work, and the answers have the fields and the groups that it shows.</summary>
public sealed class DuplicatePageTests
{
    private const string Page = "docs/duplicates.md";

    [Fact]
    public async Task The_commands_of_the_page_give_the_answers_that_it_shows()
    {
        await using var service = await ServiceProcess.StartAsync();
        var blocks = ReadmeBlocks.Of(Page).ToList();
        (await RunAsync(service, blocks[0].Text)).ShouldBe("201\n201\n201\n201\n");

        foreach (var (command, shown) in blocks.Skip(1).Chunk(2).Select(pair => (pair[0], pair[1])))
        {
            var printed = await RunAsync(service, command.Text);
            var (answer, expected) = (JsonElement.Parse(printed), JsonElement.Parse(shown.Text));
            Fields(answer).ShouldBe(Fields(expected), printed);
            if (expected.TryGetProperty("detail", out var detail)) answer.GetProperty("detail").GetString().ShouldBe(detail.GetString());
            if (!expected.TryGetProperty("groups", out var groups) || groups.ValueKind != JsonValueKind.Array) continue;
            Items(answer).ShouldBe(Items(expected), printed);
        }
    }

    [Fact]
    public void Both_languages_have_the_same_commands_and_answers() =>
        ReadmeBlocks.Of("docs/duplicates.zh-CN.md").ShouldBe(ReadmeBlocks.Of(Page));

    private static Task<string> RunAsync(ServiceProcess service, string command) => Shell.RunAsync(Shell.AtAddress(command, service.Address));

    private static string[] Fields(JsonElement json) => [.. json.EnumerateObject().Select(field => field.Name)];

    private static string[] Items(JsonElement answer) =>
    [
        .. answer.GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("items").EnumerateArray())
            .Select(item => item.GetProperty("key").GetString()!),
    ];
}
