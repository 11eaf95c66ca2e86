using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>ETag, If-Match and If-None-Match of items.</summary>
public sealed class ItemConditionTests(ImportService service) : IClassFixture<ImportService>
{
    private readonly NativeClient _calls = new(service.Client);

    [Fact]
    public async Task A_known_item_is_not_sent_again()
    {
        var (path, tag) = await NewItemAsync();

        (await _calls.GetAsync(path, ("If-None-Match", tag))).Status.ShouldBe(304);
        (await _calls.GetAsync(path, ("If-None-Match", $"\"other\", W/{tag}"))).Status.ShouldBe(304);
        (await _calls.GetAsync(path, ("If-None-Match", "\"other\""))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Of_two_writes_with_one_tag_the_second_fails_whatever_it_is()
    {
        var (path, tag) = await NewItemAsync();

        (await _calls.PatchAsync(path, new { tags = "new" }, ("If-Match", tag))).Status.ShouldBe(200);

        (await _calls.PatchAsync(path, new { tags = "late" }, ("If-Match", tag))).Status.ShouldBe(412);
        (await _calls.PutAsync(path, new { image = GoldenPicture.Flag.Base64() }, ("If-Match", tag))).Status.ShouldBe(412);
        (await _calls.DeleteAsync(path, ("If-Match", tag))).Status.ShouldBe(412);
        (await _calls.GetAsync(path)).Text("tags").ShouldBe("new");
    }

    [Fact]
    public async Task Of_concurrent_patches_with_one_tag_one_succeeds()
    {
        var (path, tag) = await NewItemAsync();

        var patches = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => _calls.PatchAsync(path, new { tags = $"tag {i}" }, ("If-Match", tag))));

        patches.Count(patch => patch.Status == 200).ShouldBe(1);
        patches.Count(patch => patch.Status == 412).ShouldBe(7);
        (await _calls.GetAsync(path)).ETag.ShouldBe(patches.Single(patch => patch.Status == 200).ETag);
    }

    [Fact]
    public async Task Of_concurrent_creations_one_succeeds()
    {
        var table = await _calls.NewTableAsync();

        var puts = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(
                _ => _calls.PutAsync($"/v1/tables/{table}/items/k", new { image = GoldenPicture.Arrow.Base64() }, ("If-None-Match", "*"))));

        puts.Count(put => put.Status == 201).ShouldBe(1);
        puts.Count(put => put.Status == 412).ShouldBe(5);
    }

    [Fact]
    public async Task An_item_that_must_exist_is_not_created()
    {
        var table = await _calls.NewTableAsync();

        var put = await _calls.PutAsync($"/v1/tables/{table}/items/k", new { image = GoldenPicture.Arrow.Base64() }, ("If-Match", "*"));

        put.Status.ShouldBe(412);
        (await _calls.GetAsync($"/v1/tables/{table}/items/k")).Status.ShouldBe(404);
    }

    private async Task<(string Path, string Tag)> NewItemAsync()
    {
        var table = await _calls.NewTableAsync();
        var put = await _calls.PutItemAsync(table, "k", GoldenPicture.Arrow);
        return (put.Location!, put.ETag!);
    }
}
