using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.MilvusImg;

[Collection(MilvusImgCollection.Name)]
public sealed class RowsOfTablesTests(MilvusImgService service)
{
    private readonly MilvusImgClient _calls = service.Calls;

    [Fact]
    public async Task Count_is_a_number() => (await _calls.CountAsync(await _calls.NewTableAsync())).ShouldBe(MilvusImgClient.Data("0"));

    [Fact]
    public async Task Count_follows_adds_and_deletes()
    {
        var table = await _calls.NewTableAsync();
        var first = await _calls.AddedAsync(table, GoldenPicture.Arrow);
        await _calls.AddedAsync(table, GoldenPicture.Flag);
        (await _calls.CountAsync(table)).ShouldBe(MilvusImgClient.Data(2));

        await _calls.DeleteAsync(first, table);

        (await _calls.CountAsync(table)).ShouldBe(MilvusImgClient.Data(1));
    }

    [Fact]
    public async Task A_call_on_a_missing_table_says_how_to_create_it()
    {
        (await _calls.CountAsync("missing")).ShouldBe(MilvusImgClient.NoTable);
        (await _calls.DropAsync("missing")).ShouldBe(MilvusImgClient.NoTable);
        (await _calls.LoadAsync("missing")).ShouldBe(MilvusImgClient.NoTable);
        (await _calls.DeleteAsync(1, "missing")).ShouldBe(MilvusImgClient.NoTable);
    }

    [Theory]
    [InlineData("count")]
    [InlineData("drop")]
    [InlineData("load")]
    [InlineData("delete?id=1")]
    public async Task A_call_with_an_invalid_table_name_is_rejected_with_the_rule(string call)
    {
        var method = call == "count" ? HttpMethod.Get : HttpMethod.Post;
        var (status, body) = await _calls.SendAsync(method, $"{call}{(call.Contains('?', StringComparison.Ordinal) ? '&' : '?')}table=1a");
        status.ShouldBe(200);
        MilvusImgClient.ErrorIn(body).ShouldStartWith("table name must start with a letter or underscore");
    }

    [Fact]
    public async Task A_deleted_picture_is_no_longer_found()
    {
        var table = await _calls.NewTableAsync();
        var id = await _calls.AddedAsync(table, GoldenPicture.Arrow);

        (await _calls.DeleteAsync(id, table)).ShouldBe(MilvusImgClient.Done);

        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Deleting_twice_says_that_the_id_does_not_exist()
    {
        var table = await _calls.NewTableAsync();
        var id = await _calls.AddedAsync(table, GoldenPicture.Arrow);
        await _calls.DeleteAsync(id, table);

        (await _calls.DeleteAsync(id, table)).ShouldBe(MilvusImgClient.NoId);
    }

    [Theory]
    [InlineData("999999")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("shoe")]
    [InlineData("1%2C2")]
    public async Task Deleting_an_unknown_id_says_that_the_id_does_not_exist(string id) =>
        (await _calls.DeleteAsync(id, await _calls.NewTableAsync())).ShouldBe(MilvusImgClient.NoId);

    [Fact]
    public async Task Dropping_removes_the_rows_and_frees_the_name_at_once()
    {
        var table = await _calls.NewTableAsync();
        await _calls.AddedAsync(table, GoldenPicture.Arrow);

        (await _calls.DropAsync(table)).ShouldBe(MilvusImgClient.Done);
        (await _calls.CountAsync(table)).ShouldBe(MilvusImgClient.NoTable);
        (await _calls.TableAsync(table)).ShouldBe(MilvusImgClient.Created);

        (await _calls.CountAsync(table)).ShouldBe(MilvusImgClient.Data(0));
        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ids_are_not_reused_after_a_delete()
    {
        var table = await _calls.NewTableAsync();
        var first = await _calls.AddedAsync(table, GoldenPicture.Arrow);
        await _calls.DeleteAsync(first, table);

        (await _calls.AddedAsync(table, GoldenPicture.Arrow)).ShouldBeGreaterThan(first);
    }

    [Fact]
    public async Task Ids_are_not_reused_after_a_table_is_created_again()
    {
        var table = await _calls.NewTableAsync();
        var first = await _calls.AddedAsync(table, GoldenPicture.Arrow);
        await _calls.DropAsync(table);
        await _calls.TableAsync(table);

        (await _calls.AddedAsync(table, GoldenPicture.Flag)).ShouldBeGreaterThan(first);
    }

    [Theory]
    [InlineData("load?table=")]
    [InlineData("load??table=")]
    public async Task Load_succeeds_with_the_document_s_misprint_too(string call)
    {
        var table = await _calls.NewTableAsync();
        await _calls.AddedAsync(table, GoldenPicture.Arrow);

        (await _calls.PostAsync(call + table)).ShouldBe(MilvusImgClient.Done);

        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).Count.ShouldBe(1);
    }
}
