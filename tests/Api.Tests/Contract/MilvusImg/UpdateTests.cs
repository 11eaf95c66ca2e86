using System.Globalization;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.MilvusImg;

[Collection(MilvusImgCollection.Name)]
public sealed class UpdateTests(MilvusImgService service)
{
    private readonly MilvusImgClient _calls = service.Calls;

    [Fact]
    public async Task The_id_comes_back_as_a_string_whether_sent_as_text_or_number()
    {
        var (table, id) = await OneRowAsync();
        var text = id.ToString(CultureInfo.InvariantCulture);

        (await _calls.UpdateAsync(new { table, id, tags = "a" })).ShouldBe(MilvusImgClient.Data($"\"{id}\""));
        (await _calls.UpdateAsync(new { table, id = text, tags = "b" })).ShouldBe(MilvusImgClient.Data($"\"{id}\""));
    }

    [Fact]
    public async Task Texts_alone_change_and_the_picture_stays()
    {
        var (table, id) = await OneRowAsync();

        await _calls.UpdateAsync(new { table, id, tags = "新", brief = "new" });

        var found = (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem();
        (found.Id, found.Tags, found.Brief).ShouldBe((id, "新", "new"));
        found.Distance.ShouldBe(0, 1e-5);
    }

    [Fact]
    public async Task A_missing_or_null_text_keeps_its_value()
    {
        var (table, id) = await OneRowAsync();

        await _calls.UpdateAsync(new { table, id, brief = "new" });
        await _calls.UpdateAsync(new { table, id, tags = (string?)null });

        var found = (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem();
        (found.Tags, found.Brief).ShouldBe(("tags", "new"));
    }

    [Fact]
    public async Task A_text_can_be_emptied()
    {
        var (table, id) = await OneRowAsync();

        await _calls.UpdateAsync(new { table, id, tags = "" });

        var found = (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem();
        (found.Tags, found.Brief).ShouldBe(("", "brief"));
    }

    [Fact]
    public async Task A_new_picture_replaces_the_old_one_and_the_texts_stay()
    {
        var (table, id) = await OneRowAsync();

        (await _calls.UpdateAsync(new { table, id, image = GoldenPicture.Flag.Base64() })).ShouldBe(MilvusImgClient.Data($"\"{id}\""));

        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem().Distance.ShouldBeGreaterThan(0.5);
        var found = (await _calls.FoundAsync(table, GoldenPicture.Flag)).ShouldHaveSingleItem();
        (found.Id, found.Tags, found.Brief).ShouldBe((id, "tags", "brief"));
        found.Distance.ShouldBe(0, 1e-5);
        (await _calls.CountAsync(table)).ShouldBe(MilvusImgClient.Data(1));
    }

    [Fact]
    public async Task A_new_picture_may_be_a_url()
    {
        var (table, id) = await OneRowAsync();

        (await _calls.UpdateAsync(new { table, id, url = service.Shop.PictureUrl })).ShouldBe(MilvusImgClient.Data($"\"{id}\""));

        (await _calls.FoundAsync(table, GoldenPicture.Bottle)).ShouldHaveSingleItem().Distance.ShouldBe(0, 1e-5);
    }

    [Fact]
    public async Task Without_an_id_the_error_names_it()
    {
        const string IdRequired = """{"code":10100,"message":"id are required"}""";
        var table = await _calls.NewTableAsync();
        (await _calls.UpdateAsync(new { table, tags = "a" })).ShouldBe(IdRequired);
        (await _calls.UpdateAsync(new { table, id = "", tags = "a" })).ShouldBe(IdRequired);
        (await _calls.UpdateAsync(new { table, id = (string?)null, tags = "a" })).ShouldBe(IdRequired);
    }

    [Theory]
    [InlineData("999999")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("shoe")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public async Task An_unknown_id_does_not_exist(string id)
    {
        var (table, _) = await OneRowAsync();
        (await _calls.UpdateAsync(new { table, id, tags = "a" })).ShouldBe(MilvusImgClient.NoId);
        (await _calls.UpdateAsync(new { table, id, image = GoldenPicture.Flag.Base64() })).ShouldBe(MilvusImgClient.NoId);
    }

    [Fact]
    public async Task A_deleted_row_does_not_exist()
    {
        var (table, id) = await OneRowAsync();
        await _calls.DeleteAsync(id, table);
        (await _calls.UpdateAsync(new { table, id, tags = "a" })).ShouldBe(MilvusImgClient.NoId);
        (await _calls.CountAsync(table)).ShouldBe(MilvusImgClient.Data(0));
    }

    [Fact]
    public async Task A_row_of_a_missing_table_is_rejected_with_the_tables_message() =>
        (await _calls.UpdateAsync(new { table = "missing", id = 1, tags = "a" })).ShouldBe(MilvusImgClient.NoTable);

    [Fact]
    public async Task A_rejected_update_changes_nothing()
    {
        var (table, id) = await OneRowAsync();

        MilvusImgClient.ErrorIn(await _calls.UpdateAsync(new { table, id, tags = "new", brief = new string('a', 501) }));
        MilvusImgClient.ErrorIn(await _calls.UpdateAsync(new { table, id, tags = "new", image = "no picture" }));
        MilvusImgClient.ErrorIn(await _calls.UpdateAsync(new { table, id, tags = "new", url = service.Shop.MissingUrl }));

        var found = (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem();
        (found.Tags, found.Brief).ShouldBe(("tags", "brief"));
        found.Distance.ShouldBe(0, 1e-5);
    }

    private async Task<(string Table, long Id)> OneRowAsync()
    {
        var table = await _calls.NewTableAsync();
        return (table, await _calls.AddedAsync(table, GoldenPicture.Arrow, "tags", "brief"));
    }
}
