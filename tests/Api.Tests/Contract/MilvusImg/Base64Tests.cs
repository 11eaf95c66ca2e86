using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.MilvusImg;

[Collection(MilvusImgCollection.Name)]
[Trait("Proves", "request")]
public sealed class Base64Tests(MilvusImgService service)
{
    private readonly MilvusImgClient _calls = service.Calls;

    public static TheoryData<string> Prefixes() =>
    [
        "", "data:image/png;base64,", "data:image/png;", "data:image/jpeg;base64,", "data:text/html,", "data:;base64,", "DATA:IMAGE/PNG;BASE64,",
        "data:image/png;charset=utf-8;base64,", "data:image/png;charset=utf-8;", " \r\n data:image/png;base64, ",
    ];

    [Theory]
    [MemberData(nameof(Prefixes))]
    public async Task Any_prefix_is_skipped(string prefix) => await IsTheArrowAsync(prefix + GoldenPicture.Arrow.Base64());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Padding_may_be_left_out(int rest)
    {
        var picture = Lengthened(rest);
        await IsTheArrowAsync(Convert.ToBase64String(picture));
        await IsTheArrowAsync(Convert.ToBase64String(picture).TrimEnd('='));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_URL_safe_alphabet_is_accepted_too(int rest)
    {
        var text = Convert.ToBase64String(Lengthened(rest)).Replace('+', '-').Replace('/', '_');
        text.ShouldContain('-');
        text.ShouldContain('_');
        await IsTheArrowAsync(text);
        await IsTheArrowAsync("data:image/png;base64," + text.TrimEnd('='));
    }

    [Fact]
    public async Task White_space_is_accepted_anywhere()
    {
        var text = GoldenPicture.Arrow.Base64();
        await IsTheArrowAsync($" {string.Join("\r\n", text.Chunk(76).Select(line => new string(line)))}\n\t ");
    }

    [Fact]
    public async Task Slashes_may_be_escaped_as_PHP_writes_them()
    {
        var text = GoldenPicture.Arrow.Base64();
        text.ShouldContain('/');
        var table = await _calls.NewTableAsync();

        var answer = await _calls.PostAsync(
            "add",
            WireBody.Text($$"""{"table":"{{table}}","image":"data:image\/png;base64,{{text.Replace("/", @"\/", StringComparison.Ordinal)}}"}"""));

        MilvusImgClient.IdOf(answer);
        await HasTheArrowAsync(table);
    }

    [Fact]
    public async Task Any_character_may_be_escaped()
    {
        var text = string.Concat(GoldenPicture.Arrow.Base64().Select(letter => $"\\u{(int)letter:x4}"));
        var table = await _calls.NewTableAsync();

        MilvusImgClient.IdOf(await _calls.PostAsync("add", WireBody.Text($$"""{"table":"{{table}}","image":"{{text}}"}""")));

        await HasTheArrowAsync(table);
    }

    [Theory]
    [InlineData("no picture!")]
    [InlineData("iVBORw0KG")]
    [InlineData("====")]
    [InlineData("   ")]
    [InlineData("data:image/png;base64,")]
    [InlineData("data:image/png")]
    [InlineData("图片")]
    public async Task Text_that_is_not_base64_is_rejected_and_nothing_is_stored(string image)
    {
        var table = await _calls.NewTableAsync();
        MilvusImgClient.ErrorIn(await _calls.AddAsync(new { table, image })).ShouldContain("base64");
        MilvusImgClient.ErrorIn(await _calls.SearchAsync(new { table, image })).ShouldContain("base64");
        (await _calls.CountAsync(table)).ShouldBe(MilvusImgClient.Data(0));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("true")]
    public async Task An_image_that_is_not_text_is_rejected(string image)
    {
        var table = await _calls.NewTableAsync();
        (await _calls.PostAsync("add", WireBody.Text($$"""{"table":"{{table}}","image":{{image}}}""")))
            .ShouldBe("""{"code":10100,"message":"image must be a base64 text"}""");
    }

    // Decoders ignore bytes after a picture's end.
    private static byte[] Lengthened(int rest)
    {
        var picture = GoldenPicture.Arrow.ToList();
        do picture.Add(0);
        while (picture.Count % 3 != rest);
        return [.. picture];
    }

    private async Task IsTheArrowAsync(string image)
    {
        var table = await _calls.NewTableAsync();
        MilvusImgClient.IdOf(await _calls.AddAsync(new { table, image }));
        await HasTheArrowAsync(table);
    }

    private async Task HasTheArrowAsync(string table) =>
        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem().Distance.ShouldBe(0, 1e-5);
}
