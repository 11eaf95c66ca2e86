using System.Text.Json;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Docs;

/// <summary>The commands of docs/keys.md work, and the answers have the fields that it shows.</summary>
public sealed class KeyPageTests
{
    [Fact]
    public async Task The_commands_of_the_page_give_the_answers_that_it_shows()
    {
        await using var service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["TOKEN"] = "provider-token" });
        var blocks = ReadmeBlocks.Of("docs/keys.md");
        var pairs = blocks.Zip(blocks.Skip(1)).Where(pair => (pair.First.Language, pair.Second.Language) == ("bash", "json")).ToList();
        pairs.Count.ShouldBe(7);
        var (id, secret) = ("", "");
        foreach (var (command, shown) in pairs)
        {
            var printed = await Shell.RunAsync($"ID={id} KEY={secret}\n{Shell.AtAddress(command.Text, service.Address)}");

            var (answer, expected) = (JsonElement.Parse(printed), JsonElement.Parse(shown.Text));
            Fields(answer).ShouldBe(Fields(expected), printed);
            foreach (var name in (string[])["code", "detail", "scopes", "tables", "calls_per_second", "burst", "max_rows"])
            {
                if (expected.TryGetProperty(name, out var value)) answer.GetProperty(name).ToString().ShouldBe(value.ToString(), printed);
            }

            if (secret.Length == 0) (id, secret) = (answer.GetProperty("id").GetString()!, answer.GetProperty("secret").GetString()!);
        }
    }

    [Fact]
    public void Both_languages_have_the_same_commands_and_answers() =>
        ReadmeBlocks.Of("docs/keys.zh-CN.md").ShouldBe(ReadmeBlocks.Of("docs/keys.md"));

    private static string[] Fields(JsonElement json) => [.. json.EnumerateObject().Select(field => field.Name)];
}
