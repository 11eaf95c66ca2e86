using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.MilvusImg;

[Collection(MilvusImgCollection.Name)]
public sealed class NumberAndUrlTests(MilvusImgService service)
{
    private readonly MilvusImgClient _calls = service.Calls;

    [Theory]
    [InlineData("1.0", 1)]
    [InlineData("2e0", 2)]
    [InlineData("\"1.0\"", 1)]
    [InlineData("0.1e1", 1)]
    public async Task TOP_K_may_be_any_notation_of_a_whole_number(string topK, int hits)
    {
        var table = await _calls.NewTableAsync();
        for (var i = 0; i < 3; i++) await _calls.AddedAsync(table, GoldenPicture.Arrow);
        var body = WireBody.Text($$"""{"table":"{{table}}","image":"{{GoldenPicture.Arrow.Base64()}}","TOP_K":{{topK}}}""");
        MilvusImgClient.FoundIn(await _calls.PostAsync("search", body)).Count.ShouldBe(hits);
    }

    [Fact]
    public async Task An_id_may_be_any_notation_of_a_whole_number()
    {
        var table = await _calls.NewTableAsync();
        var id = await _calls.AddedAsync(table, GoldenPicture.Arrow, "old");
        MilvusImgClient.IdOf(await _calls.PostAsync("update", WireBody.Text($$"""{"table":"{{table}}","id":{{id}}.0,"tags":"new"}"""))).ShouldBe(id);
        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem().Tags.ShouldBe("new");
        (await _calls.DeleteAsync($"{id}.5", table)).ShouldBe(MilvusImgClient.NoId);
        (await _calls.DeleteAsync("1e999999999", table)).ShouldBe(MilvusImgClient.NoId);
        (await _calls.DeleteAsync($"{id}.0", table)).ShouldBe(MilvusImgClient.Done);
    }

    [Fact]
    public async Task A_query_parameter_that_is_sent_twice_or_is_not_UTF_8_is_rejected()
    {
        MilvusImgClient.ErrorIn(await _calls.PostAsync("table?table=a&table=b")).ShouldBe("table is sent more than once: send it once");
        MilvusImgClient.ErrorIn(await _calls.PostAsync("delete?id=1&id=2&table=a")).ShouldBe("id is sent more than once: send it once");
        MilvusImgClient.ErrorIn(await _calls.PostAsync("table?table=%C9%CC")).ShouldContain("not valid UTF-8");
    }

    [Fact]
    public async Task A_presigned_url_longer_than_its_column_is_accepted()
    {
        var table = await _calls.NewTableAsync();
        var url = $"{service.Shop.PictureUrl}?X-Amz-Security-Token={new string('A', 7_000)}";
        var id = MilvusImgClient.IdOf(await _calls.AddAsync(new { table, url }));
        MilvusImgClient.IdOf(await _calls.UpdateAsync(new { table, id, url })).ShouldBe(id);
        MilvusImgClient.FoundIn(await _calls.SearchAsync(new { table, url })).ShouldHaveSingleItem().Id.ShouldBe(id);
    }

    [Fact]
    public async Task Beside_an_image_the_length_of_a_url_does_not_matter()
    {
        var table = await _calls.NewTableAsync();
        var (image, url) = (GoldenPicture.Arrow.Base64(), $"http://nowhere.example/{new string('a', 20_000)}");
        var id = MilvusImgClient.IdOf(await _calls.AddAsync(new { table, image, url }));
        MilvusImgClient.IdOf(await _calls.UpdateAsync(new { table, id, image, url })).ShouldBe(id);
        MilvusImgClient.ErrorIn(await _calls.AddAsync(new { table, url })).ShouldContain("longer than 8192 characters");
    }
}
