using ImageSearch.Pages.Adding;

namespace ImageSearch.Pages.Tests.Adding;

/// <summary>The format of a list by the name of its file.</summary>
public sealed class ListFormatTests
{
    [Theory]
    [InlineData("a.ndjson", "utf-8", "application/x-ndjson", null)]
    [InlineData("a.JSONL", "gbk", "application/x-ndjson", null)]
    [InlineData("a.csv", "gbk", "text/csv; charset=gbk", null)]
    [InlineData("a.zip", "utf-8", "application/zip", null)]
    [InlineData("a.zip", "gbk", "application/zip", "gbk")]
    public void A_list_has_the_content_type_of_its_format(string name, string charset, string contentType, string? zipCharset) =>
        ListFormat.Of(name, charset).ShouldBe(new ListFormat(contentType, zipCharset));

    [Theory]
    [InlineData("a.jpg")]
    [InlineData("list")]
    public void Other_files_are_no_lists(string name) => ListFormat.Of(name, "utf-8").ShouldBeNull();

    [Fact]
    public void The_choices_are_in_the_path() => ListFormat.Of("a.zip", "gbk")!.PathOf("shop", "continue", "skip", isDryRun: true)
        .ShouldBe("/v1/tables/shop/imports?on_error=continue&on_existing_key=skip&charset=gbk&dry_run=true");
}
