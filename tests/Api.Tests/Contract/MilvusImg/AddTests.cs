using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.MilvusImg;

[Collection(MilvusImgCollection.Name)]
public sealed class AddTests(MilvusImgService service)
{
    private readonly MilvusImgClient _calls = service.Calls;

    [Fact]
    public async Task The_new_id_is_a_string()
    {
        var answer = await _calls.AddAsync(new { table = await _calls.NewTableAsync(), image = GoldenPicture.Arrow.Base64() });
        answer.ShouldMatch("""^\{"code":10000,"message":"Successfully","data":"[1-9][0-9]*"\}$""");
    }

    [Fact]
    public async Task Without_image_and_url_the_error_names_both()
    {
        var table = await _calls.NewTableAsync();
        (await _calls.AddAsync(new { table })).ShouldBe(MilvusImgClient.NoPicture);
        (await _calls.AddAsync(new { table, image = "", url = "" })).ShouldBe(MilvusImgClient.NoPicture);
        (await _calls.AddAsync(new { table, image = (string?)null, url = (string?)null })).ShouldBe(MilvusImgClient.NoPicture);
    }

    [Fact]
    public async Task A_missing_table_is_not_created() =>
        (await _calls.AddAsync(new { table = "missing", image = GoldenPicture.Arrow.Base64() })).ShouldBe(MilvusImgClient.NoTable);

    [Fact]
    public async Task Without_a_table_the_default_one_is_used()
    {
        (await _calls.AddAsync(new { image = GoldenPicture.Arrow.Base64() })).ShouldBe(MilvusImgClient.NoTable);
        await _calls.TableAsync("milvus_img_search");

        MilvusImgClient.IdOf(await _calls.AddAsync(new { image = GoldenPicture.Arrow.Base64() }));

        (await _calls.CountAsync("milvus_img_search")).ShouldBe(MilvusImgClient.Data(1));
        await _calls.DropAsync("milvus_img_search");
    }

    [Fact]
    public async Task Texts_come_back_as_they_were_sent()
    {
        var table = await _calls.NewTableAsync();
        const string Tags = "鞋子 <b>&'\"\\ 👟";
        await _calls.AddedAsync(table, GoldenPicture.Arrow, Tags, "第一行\n\t第二行 +%20");

        var found = (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem();

        (found.Tags, found.Brief).ShouldBe((Tags, "第一行\n\t第二行 +%20"));
    }

    [Fact]
    public async Task Chinese_text_is_not_escaped()
    {
        var table = await _calls.NewTableAsync();
        var id = await _calls.AddedAsync(table, GoldenPicture.Arrow, "红色", "一双<鞋>");

        var answer = await _calls.SearchAsync(new { table, image = GoldenPicture.Arrow.Base64() });

        answer.ShouldStartWith(
            $$"""{"code":10000,"message":"Successfully","data":[{"id":{{id}},"tags":"红色","brief":"一双<鞋>","distance":""");
    }

    [Theory]
    [InlineData("a", 32, 500)]
    [InlineData("鞋", 32, 500)]
    [InlineData("👟", 32, 500)]
    public async Task Texts_of_the_documented_length_are_kept(string character, int tags, int brief)
    {
        var table = await _calls.NewTableAsync();
        await _calls.AddedAsync(table, GoldenPicture.Arrow, Repeat(character, tags), Repeat(character, brief));

        var found = (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem();

        (found.Tags, found.Brief).ShouldBe((Repeat(character, tags), Repeat(character, brief)));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("👟")]
    public async Task Longer_texts_are_rejected_with_the_limit_and_nothing_is_stored(string character)
    {
        var table = await _calls.NewTableAsync();
        var image = GoldenPicture.Arrow.Base64();

        MilvusImgClient.ErrorIn(await _calls.AddAsync(new { table, image, tags = Repeat(character, 33) }))
            .ShouldBe("tags is 33 characters long, at most 32 are kept");
        MilvusImgClient.ErrorIn(await _calls.AddAsync(new { table, image, brief = Repeat(character, 501) }))
            .ShouldBe("brief is 501 characters long, at most 500 are kept");

        (await _calls.CountAsync(table)).ShouldBe(MilvusImgClient.Data(0));
    }

    [Fact]
    public async Task Texts_that_are_null_come_back_empty()
    {
        var table = await _calls.NewTableAsync();
        var id = await _calls.AddedAsync(table, GoldenPicture.Arrow);

        (await _calls.SearchAsync(new { table, image = GoldenPicture.Arrow.Base64() }))
            .ShouldStartWith(MilvusImgClient.Data($$"""[{"id":{{id}},"tags":"","brief":"","distance":""")[..^1]);
    }

    [Fact]
    public async Task Tags_may_be_a_number()
    {
        var table = await _calls.NewTableAsync();
        MilvusImgClient.IdOf(await _calls.AddAsync(new { table, image = GoldenPicture.Arrow.Base64(), tags = 42 }));
        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem().Tags.ShouldBe("42");
    }

    private static string Repeat(string character, int times) => string.Concat(Enumerable.Repeat(character, times));
}
