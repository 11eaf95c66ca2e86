using System.Text.Json;
using System.Text.RegularExpressions;
using ImageSearch.Api.Tests.Contract.V1;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Docs;

/// <summary>The commands of docs/imports.md and its Chinese page work, and the answers have the fields that it shows.</summary>
public sealed class ImportPageTests
{
    [Theory]
    [InlineData("docs/imports.md")]
    [InlineData("docs/imports.zh-CN.md")]
    public async Task The_commands_of_the_page_import_the_samples(string page)
    {
        var samples = Path.Combine(ReadmeBlocks.Root(), "samples");
        await using var service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["IMAGE_ROOTS"] = samples });
        await ImportClient.CreateAsync(service.Client, "shop");
        var blocks = ReadmeBlocks.Of(page);
        var (commands, shown) = (Texts(blocks, "bash"), Texts(blocks, "json"));

        var begun = JsonElement.Parse(await Shell.RunAsync(Shell.AtAddress(commands[0], service.Address)));
        Fields(begun).ShouldBe(Fields(JsonElement.Parse(shown[0])));
        var id = begun.GetProperty("id").GetString()!;
        await new ImportClient(service.Client).UntilEndedAsync(id);

        var answer = JsonElement.Parse(await Shell.RunAsync(Shell.AtAddress(Regex.Replace(commands[1], "[0-9a-f]{32}", id), service.Address)));
        foreach (var name in (string[])["table", "state", "items", "stored", "failed", "fault"])
            answer.GetProperty(name).ToString().ShouldBe(JsonElement.Parse(shown[1]).GetProperty(name).ToString(), name);
    }

    private static string[] Texts(IEnumerable<(string Language, string Text)> blocks, string language) =>
        [.. blocks.Where(block => block.Language == language).Select(block => block.Text)];

    private static string[] Fields(JsonElement json) => [.. json.EnumerateObject().Select(field => field.Name)];
}
