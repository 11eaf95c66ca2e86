using ImageSearch.Api.Tests.Docs;
using ImageSearch.Api.V1.Problems;

namespace ImageSearch.Api.Tests.V1;

public sealed class ProblemKindsTests
{
    [Fact]
    public void Every_failure_of_the_service_has_a_kind()
    {
        foreach (var code in Enum.GetValues<FailureCode>()) ProblemKinds.Find(Outcome.Of(code)).ShouldNotBeNull(code.ToString());
    }

    [Theory]
    [InlineData("docs/api.md")]
    [InlineData("docs/api.zh-CN.md")]
    public void The_page_lists_every_kind_with_its_status(string page)
    {
        var rows = File.ReadLines(Path.Combine(ReadmeBlocks.Root(), page))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 6 && cells[1].StartsWith('`') && cells[2].Length == 3)
            .Select(cells => $"{cells[1].Trim('`')} {cells[2]}");

        rows.ShouldBe(ProblemKinds.All.Select(kind => $"{kind.Code} {kind.Status}"));
    }

    [Fact]
    public void The_English_page_has_the_texts_of_the_service()
    {
        var page = File.ReadAllText(Path.Combine(ReadmeBlocks.Root(), "docs/api.md"));
        foreach (var kind in ProblemKinds.All) page.ShouldContain($"| `{kind.Code}` | {kind.Status} | {kind.Title} | {kind.Remedy} |");
    }

    [Fact]
    public void A_text_is_repeated_without_control_characters_and_short()
    {
        PrintableText.Of("a\nb\u202ec").ShouldBe("a?b?c");
        PrintableText.Of(new string('x', 100)).Length.ShouldBe(PrintableText.MaxLength);
        PrintableText.Of(null).ShouldBeNull();
    }
}
