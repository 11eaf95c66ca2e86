using System.Globalization;
using System.Text.RegularExpressions;
using ImageSearch.Api.Tests.Running;
using ImageSearch.Cli.Tests.Terminal;

namespace ImageSearch.Cli.Tests.Service;

[Collection(ServiceGroup.Name)]
public sealed partial class SearchCommandTests(RunningService service)
{
    [Fact]
    public async Task A_search_gives_what_the_API_gives_and_the_page_shows_the_thumbnails()
    {
        await service.FillAsync("searched");
        var picture = service.Write("query.png", GoldenPicture.Bottle);
        var page = Path.Combine(service.Folder, "page.html");

        var found = await service.RunAsync("search", picture, "--table", "searched", "--limit", "2", "--json", "--sheet", page);

        found.Code.ShouldBe(0, found.Error);
        var hits = found.Report["hits"]!.AsArray();
        hits.Count.ShouldBe(2);
        (hits[0]!["key"]!.GetValue<string>(), hits[0]!["score"]!.GetValue<double>()).ShouldBe(("<b>bottle</b>", 1));
        var html = await File.ReadAllTextAsync(page);
        html.ShouldContain("&lt;b&gt;bottle&lt;/b&gt;");
        html.ShouldNotContain("<b>bottle");
        html.ShouldContain("src=\"data:image/webp;base64,");
        html.ShouldContain("default-src 'none'");
        (await service.RunAsync("search", picture, "--table", "searched", "--min-score", "0.99")).Lines.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("WezTerm", true)]
    [InlineData("Apple_Terminal", false)]
    public async Task A_terminal_that_shows_pictures_gets_the_thumbnail_of_each_hit(string terminal, bool isShown)
    {
        var table = $"pictures_{terminal.ToLowerInvariant()}";
        await service.FillAsync(table);
        var picture = service.Write("query.png", GoldenPicture.Flag);

        var output = await PseudoTerminal.RunAsync(
            $"{PseudoTerminal.Program} search '{picture}' --table {table} --server {service.Address}",
            new Dictionary<string, string> { ["TERM_PROGRAM"] = terminal, ["TOKEN"] = RunningService.Token });

        var pictures = Sequence().Matches(output);
        pictures.Count.ShouldBe(isShown ? 3 : 0, output);
        foreach (Match sequence in pictures)
        {
            var jpeg = Convert.FromBase64String(sequence.Groups["bytes"].Value);
            jpeg.AsSpan(0, 3).SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]).ShouldBeTrue();
            jpeg.Length.ShouldBe(int.Parse(sequence.Groups["size"].Value, CultureInfo.InvariantCulture));
        }

        output.ShouldNotContain("\u001b[31mred");
        output.ShouldContain("[31mred");
    }

    [Fact]
    public async Task Thumbnails_are_shown_elsewhere_only_if_the_user_wants_them_and_never_in_JSON()
    {
        await service.FillAsync("wanted");
        var picture = service.Write("query.png", GoldenPicture.Bottle);
        string[] search = ["search", picture, "--table", "wanted", "--limit", "1"];

        var shown = await service.RunAsync([.. search, "--thumbnails", "always"]);
        shown.Output.ShouldMatch("^\u001b\\]1337;File=inline=1;size=[0-9]+;height=6;preserveAspectRatio=1:[A-Za-z0-9+/=]+\a\nscore 1.0000  distance 0.0000  id [0-9]+  key <b>bottle</b>\n$");
        foreach (var arguments in (string[][])[search, [.. search, "--thumbnails", "never"], [.. search, "--thumbnails", "always", "--json"]])
            (await service.RunAsync(arguments)).Output.ShouldNotContain('\u001b');
        (await service.RunAsync([.. search, "--thumbnails", "some"])).Code.ShouldBe(1);
    }

    [Fact]
    public async Task Hits_without_thumbnails_are_a_table()
    {
        await service.RunAsync("create", "--table", "kept_none", "--keep-pictures", "none");
        var folder = Path.GetDirectoryName(service.Write("kept_none/flag.png", GoldenPicture.Flag))!;
        await service.RunAsync("import", folder, "--table", "kept_none");

        var found = await service.RunAsync("search", Path.Combine(folder, "flag.png"), "--table", "kept_none", "--thumbnails", "always");

        found.Code.ShouldBe(0, found.Error);
        found.Lines[0].ShouldStartWith("score\tdistance\tid\tkey\t");
    }

    [Fact]
    public async Task Nothing_but_a_picture_is_shown_as_a_thumbnail()
    {
        var picture = service.Write("query.png", GoldenPicture.Flag);
        await using var fake = new FakeService(path => path.EndsWith("/search", StringComparison.Ordinal)
            ? ("application/json", """{"hits":[{"id":1,"score":1,"key":"a\u001b]0;b\u0007"}],"notes":[]}"""u8.ToArray())
            : ("image/webp", "\u001b]0;title\a"u8.ToArray()));

        var found = await Console.RunAsync("search", picture, "--table", "any", "--server", fake.Address, "--thumbnails", "always");

        found.Code.ShouldBe(0, found.Error);
        found.Output.ShouldNotContain('\u001b');
        found.Output.ShouldContain("a ]0;b ");
    }

    [Fact]
    public async Task A_picture_that_is_not_there_is_not_searched_for() =>
        (await service.RunAsync("search", "/no/such.jpg", "--table", "any")).Error.ShouldContain("there is no file '/no/such.jpg'");

    [GeneratedRegex("\u001b\\]1337;File=inline=1;size=(?<size>[0-9]+);height=6;preserveAspectRatio=1:(?<bytes>[A-Za-z0-9+/=]+)\a", RegexOptions.CultureInvariant)]
    private static partial Regex Sequence();
}
