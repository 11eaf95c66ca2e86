using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.MilvusImg;

[Collection(MilvusImgCollection.Name)]
public sealed class SearchTests(MilvusImgService service)
{
    private static readonly string Image = GoldenPicture.Arrow.Base64();
    private readonly MilvusImgClient _calls = service.Calls;

    [Fact]
    public async Task A_hit_has_the_documented_keys_and_its_id_is_a_number()
    {
        var table = await _calls.NewTableAsync();
        await _calls.AddedAsync(table, GoldenPicture.Arrow, "t", "b");

        (await _calls.SearchAsync(new { table, image = Image })).ShouldMatch(
            """^\{"code":10000,"message":"Successfully","data":\[\{"id":[1-9][0-9]*,"tags":"t","brief":"b","distance":[0-9.E-]+\}\]\}$""");
    }

    [Fact]
    public async Task An_empty_table_has_no_hits() =>
        (await _calls.SearchAsync(new { table = await _calls.NewTableAsync(), image = Image })).ShouldBe(MilvusImgClient.Data("[]"));

    [Fact]
    public async Task A_missing_table_is_rejected() => (await _calls.SearchAsync(new { table = "missing", image = Image })).ShouldBe(MilvusImgClient.NoTable);

    [Fact]
    public async Task Without_image_and_url_the_error_names_both() =>
        (await _calls.SearchAsync(new { table = await _calls.NewTableAsync() })).ShouldBe(MilvusImgClient.NoPicture);

    [Fact]
    public async Task Hits_are_ordered_nearest_first_and_the_picture_itself_is_at_distance_0()
    {
        var table = await _calls.NewTableAsync();
        foreach (var picture in GoldenPicture.Different) await _calls.AddedAsync(table, picture);
        var arrow = (await _calls.FoundAsync(table, GoldenPicture.Arrow, 1)).ShouldHaveSingleItem().Id;

        var found = await _calls.FoundAsync(table, GoldenPicture.Arrow);

        found.Count.ShouldBe(GoldenPicture.Different.Count);
        found.Select(hit => hit.Distance).ShouldBeInOrder();
        found.ShouldAllBe(hit => hit.Distance >= 0 && hit.Distance <= 4);
        found[0].Id.ShouldBe(arrow);
        found[0].Distance.ShouldBe(0, 1e-5);
        found[1].Distance.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public async Task The_same_drawing_in_another_size_and_format_is_near()
    {
        var table = await _calls.NewTableAsync();
        foreach (var picture in GoldenPicture.Different) await _calls.AddedAsync(table, picture, picture == GoldenPicture.Bottle ? "bottle" : "other");

        var found = await _calls.FoundAsync(table, GoldenPicture.BottleAsJpeg);

        found[0].Tags.ShouldBe("bottle");
        found[0].Distance.ShouldBeLessThan(0.5);
        found[1].Distance.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public async Task The_default_number_of_hits_is_ten()
    {
        var table = await FilledTableAsync();
        MilvusImgClient.FoundIn(await _calls.SearchAsync(new { table, image = Image })).Count.ShouldBe(10);
    }

    [Theory]
    [InlineData("\"TOP_K\":3")]
    [InlineData("\"topk\":3")]
    [InlineData("\"top_k\":3")]
    [InlineData("\"TOP_K\":\"3\"")]
    [InlineData("\"topk\":\"3\"")]
    [InlineData("\"top_k\":\" 3 \"")]
    [InlineData("\"TOP_K\":null,\"topk\":3")]
    public async Task The_number_of_hits_has_three_names_and_may_be_text(string field)
    {
        var table = await FilledTableAsync();
        MilvusImgClient.FoundIn(await SearchWithAsync(table, field)).Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1000", 11)]
    [InlineData("\"\"", 10)]
    [InlineData("null", 10)]
    public async Task The_number_of_hits_is_from_1_to_1000(string topK, int hits)
    {
        var table = await FilledTableAsync();
        MilvusImgClient.FoundIn(await SearchWithAsync(table, $"\"TOP_K\":{topK}")).Count.ShouldBe(hits);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("\"ten\"")]
    [InlineData("99999999999")]
    public async Task Another_number_of_hits_is_rejected_with_the_bounds(string topK) =>
        (await SearchWithAsync(await _calls.NewTableAsync(), $"\"TOP_K\":{topK}"))
            .ShouldBe("""{"code":10100,"message":"TOP_K must be a whole number from 1 to 1000"}""");

    [Theory]
    [InlineData("[3]")]
    [InlineData("true")]
    [InlineData("{}")]
    public async Task A_number_of_hits_that_is_neither_number_nor_text_is_rejected(string topK) =>
        MilvusImgClient.ErrorIn(await SearchWithAsync(await _calls.NewTableAsync(), $"\"TOP_K\":{topK}")).ShouldStartWith("TOP_K must be");

    [Fact]
    public async Task An_error_names_the_field_as_the_client_wrote_it() =>
        MilvusImgClient.ErrorIn(await SearchWithAsync(await _calls.NewTableAsync(), "\"topk\":0")).ShouldStartWith("topk must be");

    private Task<string> SearchWithAsync(string table, string field) =>
        _calls.PostAsync("search", WireBody.Text($$"""{"table":"{{table}}","image":"{{Image}}",{{field}}}"""));

    private async Task<string> FilledTableAsync()
    {
        var table = await _calls.NewTableAsync();
        for (var row = 0; row < 11; row++) await _calls.AddedAsync(table, GoldenPicture.Arrow);
        return table;
    }
}
