using System.Text.Json.Nodes;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Docs;

/// <summary>The commands of the README work, and the answers are those that it shows.</summary>
public sealed class ReadmeTests
{
    // Processors differ in the last digits of a vector.
    private const double Tolerance = 0.01;

    private static readonly string[] Pages =
    [
        "README.md", "README.zh-CN.md", "bench/README.md", "deploy/README.md", "docs/api.md", "docs/api.zh-CN.md", "docs/cli.md", "docs/cli.zh-CN.md", "docs/cluster.md", "docs/configuration.md", "docs/configuration.zh-CN.md",
        "docs/dependencies.md", "docs/imports.md", "docs/metrics.md", "docs/migration.md", "docs/models.md", "docs/pictures.md", "docs/pictures.zh-CN.md", "docs/scale.md",
        "docs/duplicates.md", "docs/duplicates.zh-CN.md", "docs/imports.zh-CN.md",
        "docs/clients.md", "docs/clients.zh-CN.md", "docs/comparison.md", "docs/comparison.zh-CN.md", "src/Client/README.md",
    ];

    [Fact]
    public async Task The_commands_of_the_README_give_the_answers_that_it_shows()
    {
        await using var service = await ServiceProcess.StartAsync();
        var blocks = ReadmeBlocks.Of("README.md");
        var pairs = blocks.Zip(blocks.Skip(1)).Where(pair => (pair.First.Language, pair.Second.Language) == ("bash", "json")).ToList();
        pairs.Count.ShouldBeGreaterThanOrEqualTo(5);
        foreach (var (command, shown) in pairs)
        {
            var printed = await Shell.RunAsync(Shell.AtAddress(command.Text, service.Address));
            var (answers, expected) = (Lines(printed), Lines(shown.Text));
            answers.Count.ShouldBe(expected.Count, printed);
            foreach (var (answer, wanted) in answers.Zip(expected)) ShouldBeAlike(JsonNode.Parse(answer), JsonNode.Parse(wanted), answer);
        }
    }

    [Fact]
    public void Both_languages_have_the_same_commands_and_answers() =>
        ReadmeBlocks.Of("README.zh-CN.md").Where(block => block.Language.Length > 0)
            .ShouldBe(ReadmeBlocks.Of("README.md").Where(block => block.Language.Length > 0));

    [Theory]
    [InlineData("docs/pictures")]
    [InlineData("docs/imports")]
    [InlineData("docs/duplicates")]
    public void Both_languages_have_the_same_sections_rows_and_points(string page)
    {
        static string Shape(string path) => string.Concat(
            File.ReadLines(Path.Combine(ReadmeBlocks.Root(), path)).Select(line => line.Length > 0 && line[0] is '#' or '|' or '-' ? line[0] : ' ')).Replace(" ", "", StringComparison.Ordinal);

        Shape($"{page}.zh-CN.md").ShouldBe(Shape($"{page}.md"));
    }

    [Fact]
    public void Every_link_into_the_repository_has_a_target()
    {
        foreach (var page in Pages)
        {
            var folder = Path.GetDirectoryName(Path.Combine(ReadmeBlocks.Root(), page))!;
            var text = File.ReadAllText(Path.Combine(ReadmeBlocks.Root(), page));
            foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(text, @"\]\((?!https?:)([^)#]+)\)"))
                Path.Exists(Path.Combine(folder, link.Groups[1].Value)).ShouldBeTrue($"{page} links to {link.Groups[1].Value}");
        }
    }

    private static List<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static void ShouldBeAlike(JsonNode? actual, JsonNode? expected, string context)
    {
        if (expected is JsonObject fields)
        {
            actual!.AsObject().Select(field => field.Key).ShouldBe(fields.Select(field => field.Key), context);
            foreach (var (name, value) in fields) ShouldBeAlike(actual[name], value, context);
        }
        else if (expected is JsonArray items)
        {
            actual!.AsArray().Count.ShouldBe(items.Count, context);
            for (var i = 0; i < items.Count; i++) ShouldBeAlike(actual[i], items[i], context);
        }
        else if (expected?.GetValueKind() == System.Text.Json.JsonValueKind.Number)
        {
            actual!.GetValue<double>().ShouldBe(expected.GetValue<double>(), Tolerance, context);
        }
        else
        {
            JsonNode.DeepEquals(actual, expected).ShouldBeTrue(context);
        }
    }
}
