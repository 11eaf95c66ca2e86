using System.Globalization;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.ImageSim;

[Collection(SimCollection.Name)]
public sealed class DeleteTests(SimService service)
{
    private readonly SimClient _calls = service.Calls;

    [Fact]
    public async Task Ids_may_be_text_with_commas()
    {
        var (table, ids) = await ThreeRowsAsync();
        (await _calls.PostAsync("del/id", new { id = string.Join(',', ids), table })).ShouldBe("""{"msg":"删除图片成功!","code":200,"data":3}""");
        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_id_may_be_a_number()
    {
        var (table, ids) = await ThreeRowsAsync();
        (await _calls.PostAsync("del/id", new { id = ids[1], table })).ShouldBe(SimClient.Deleted(1));
        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).Select(hit => hit.Id).ShouldBe([ids[0], ids[2]], ignoreOrder: true);
    }

    [Fact]
    public async Task Ids_may_be_an_array_of_numbers_and_texts()
    {
        var (table, ids) = await ThreeRowsAsync();
        var id = new object[] { ids[0], ids[1].ToString(CultureInfo.InvariantCulture) };
        (await _calls.PostAsync("del/id", new { id, table })).ShouldBe(SimClient.Deleted(2));
    }

    [Fact]
    public async Task Ids_may_be_in_forms()
    {
        var (table, ids) = await ThreeRowsAsync();
        (await _calls.PostAsync("del/id", WireBody.Form(("id", $"{ids[0]}, {ids[1]}"), ("table", table)))).ShouldBe(SimClient.Deleted(2));
        (await _calls.PostAsync("del/id", WireBody.Multipart(null, ("id", $"{ids[2]}"), ("table", table)))).ShouldBe(SimClient.Deleted(1));
    }

    [Fact]
    public async Task Keys_may_be_text_with_commas_and_delete_all_their_rows()
    {
        var (table, _) = await ThreeRowsAsync();
        await _calls.AddAsync(table, GoldenPicture.Flag, "a");

        (await _calls.PostAsync("del/key", new { key = "a,b", table })).ShouldBe(SimClient.Deleted(3));

        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem().Key.ShouldBe("c");
    }

    [Fact]
    public async Task Keys_may_be_an_array_or_in_forms()
    {
        var (table, _) = await ThreeRowsAsync();
        string[] key = ["a", "none"];
        (await _calls.PostAsync("del/key", new { key, table })).ShouldBe(SimClient.Deleted(1));
        (await _calls.PostAsync("del/key", WireBody.Form(("key", "b,c"), ("table", table)))).ShouldBe(SimClient.Deleted(2));
    }

    [Fact]
    public async Task DELETE_does_the_same()
    {
        var (table, ids) = await ThreeRowsAsync();
        (await _calls.SendAsync(HttpMethod.Delete, "del/id", WireBody.Json(new { id = ids[0], table }))).ShouldBe(SimClient.Deleted(1));
        (await _calls.SendAsync(HttpMethod.Delete, "del/key", WireBody.Json(new { key = "b", table }))).ShouldBe(SimClient.Deleted(1));
        (await _calls.SendAsync(HttpMethod.Delete, $"del/id?id={ids[2]}&table={table}", null)).ShouldBe(SimClient.Deleted(1));
    }

    [Fact]
    public async Task Only_existing_rows_are_counted()
    {
        var (table, ids) = await ThreeRowsAsync();
        (await _calls.PostAsync("del/id", new { id = $"{ids[0]},{ids[0]},999999,shoe,,", table })).ShouldBe(SimClient.Deleted(1));
        (await _calls.PostAsync("del/key", new { key = "a,b,b", table })).ShouldBe(SimClient.Deleted(1));
    }

    [Theory]
    [InlineData("del/id", "id", "999999")]
    [InlineData("del/id", "id", "shoe")]
    [InlineData("del/key", "key", "none")]
    public async Task Deleting_nothing_is_a_failure(string call, string field, string value)
    {
        var (table, _) = await ThreeRowsAsync();
        (await _calls.PostAsync(call, WireBody.Form((field, value), ("table", table)))).ShouldBe(
            """{"msg":"删除图片失败!","code":500,"data":null,"error":{"code":"id_not_found","message":"none of these pictures exists"}}""");
    }

    [Fact]
    public async Task Deleting_from_a_library_that_was_never_added_to_is_a_failure() =>
        SimClient.ErrorIn("删除", await _calls.PostAsync("del/key", new { key = "a", table = SimClient.NewLibrary() })).Code.ShouldBe("table_not_found");

    [Fact]
    public async Task Without_ids_or_keys_they_are_asked_for()
    {
        foreach (var empty in new object[] { new { }, new { id = "", key = "" }, new { id = Array.Empty<int>(), key = "," } })
        {
            SimClient.ErrorIn("删除", await _calls.PostAsync("del/id", empty)).ShouldBe(("request_invalid", "id is missing"));
            SimClient.ErrorIn("删除", await _calls.PostAsync("del/key", empty)).ShouldBe(("request_invalid", "key is missing"));
        }
    }

    [Fact]
    public async Task A_thousand_ids_are_accepted_and_one_more_is_rejected()
    {
        var (table, ids) = await ThreeRowsAsync();
        var many = Enumerable.Range(1_000_000, 999).Select(id => (long)id).Append(ids[0]);

        SimClient.ErrorIn("删除", await _calls.PostAsync("del/id", new { id = many.Append(ids[1]), table }))
            .ShouldBe(("request_invalid", "id names more than 1000 items, the most that are taken in one call"));
        (await _calls.PostAsync("del/id", new { id = string.Join(',', many), table })).ShouldBe(SimClient.Deleted(1));
    }

    [Theory]
    [InlineData("{\"id\":{}}")]
    [InlineData("{\"id\":true}")]
    [InlineData("{\"id\":[[1]]}")]
    [InlineData("{\"id\":[null]}")]
    [InlineData("{\"id\":[\"\\ud800\"]}")]
    [InlineData("[1,2]")]
    [InlineData("no JSON")]
    public async Task A_body_of_the_wrong_kind_is_the_client_s_fault(string body) =>
        SimClient.ErrorIn("删除", await _calls.PostAsync("del/id", WireBody.Text(body))).Code.ShouldBe("request_invalid");

    [Fact]
    public async Task A_multipart_form_that_breaks_off_is_the_client_s_fault()
    {
        using var body = new StringContent("--b\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n1");
        body.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        SimClient.ErrorIn("删除", await _calls.PostAsync("del/id", body)).Code.ShouldBe("request_invalid");
    }

    [Fact]
    public async Task A_multipart_form_without_boundary_is_the_client_s_fault()
    {
        using var body = new StringContent("id=1");
        body.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data");
        SimClient.ErrorIn("删除", await _calls.PostAsync("del/id", body)).Code.ShouldBe("request_invalid");
    }

    private async Task<(string Table, IReadOnlyList<long> Ids)> ThreeRowsAsync()
    {
        var table = SimClient.NewLibrary();
        foreach (var key in new[] { "a", "b", "c" }) await _calls.AddAsync(table, GoldenPicture.Arrow, key);
        return (table, [.. (await _calls.FoundAsync(table, GoldenPicture.Arrow)).OrderBy(hit => hit.Key).Select(hit => hit.Id)]);
    }
}
