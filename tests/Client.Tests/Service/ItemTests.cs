using ImageSearch.Api.Tests.Running;
using ImageSearch.Client.Items;
using ImageSearch.Client.Problems;
using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Tests.Service;

[Collection(ServiceGroup.Name)]
public sealed class ItemTests(ClientService service)
{
    private static readonly string[] Colours = ["red", "blue"];

    private static readonly TableSettings Priced = new()
    {
        Attributes =
        [
            AttributeDefinition.Of("price", AttributeType.Number), AttributeDefinition.Of("brand", AttributeType.String),
            AttributeDefinition.Of("sold", AttributeType.Boolean), AttributeDefinition.Of("since", AttributeType.Date),
            AttributeDefinition.Of("colours", AttributeType.StringList),
        ],
    };

    [Fact]
    public async Task All_fields_and_types_of_attributes_come_back()
    {
        var items = await TableAsync("fields");
        var since = new DateTimeOffset(2026, 11, 27, 9, 30, 0, TimeSpan.FromHours(8));
        var put = await items.PutAsync("a/b 红", new NewItem(Picture.FromBytes(GoldenPicture.Flag))
        {
            ProductId = "4711",
            Path = "img/flag.png",
            Tags = "flag,red",
            Brief = "a \"flag\"",
            Attributes = new Dictionary<string, AttributeValue>
            {
                ["price"] = 3.5,
                ["brand"] = "acme",
                ["sold"] = true,
                ["since"] = since,
                ["colours"] = Colours,
            },
        });
        put.Effect.ShouldBe(ItemEffect.Created);

        var got = await items.GetAsync("a/b 红", withVector: true);
        (got.Id, got.Key, got.ProductId, got.Path, got.Tags, got.Brief).ShouldBe((put.Id, "a/b 红", "4711", "img/flag.png", "flag,red", "a \"flag\""));
        var attributes = got.Attributes.ShouldNotBeNull();
        (attributes["price"].Number, attributes["brand"].Text, attributes["sold"].Boolean).ShouldBe((3.5, "acme", true));
        attributes["since"].Date.ShouldBe(since);
        attributes["colours"].Texts.ShouldBe(Colours);
        got.Created.ShouldNotBeNull();
        got.Vector!.Value.ToArray().Sum(value => value * value).ShouldBe(1, 0.001);
        got.ETag.ShouldBe(put.ETag);
    }

    [Fact]
    public async Task A_picture_is_the_same_from_bytes_file_stream_base64_and_URL()
    {
        var items = await TableAsync("sources");
        var file = Path.Combine(service.Folder, "wine.jpg");
        await File.WriteAllBytesAsync(file, GoldenPicture.Wine);
        using var seekable = new MemoryStream(GoldenPicture.Wine);
        using var forward = new ForwardStream(GoldenPicture.Wine);
        var pictures = new Dictionary<string, Picture>
        {
            ["bytes"] = Picture.FromBytes(GoldenPicture.Wine),
            ["file"] = Picture.FromFile(file),
            ["stream"] = Picture.FromStream(seekable),
            ["forward"] = Picture.FromStream(forward),
            ["base64"] = Picture.FromBase64(GoldenPicture.Wine.Base64()),
            ["url"] = Picture.FromUrl(service.Pictures.PictureUrl),
            ["server"] = Picture.FromServerPath(file),
        };
        var vectors = new List<float[]>();
        foreach (var (key, picture) in pictures)
        {
            await items.PutAsync(key, new NewItem(picture));
            vectors.Add((await items.GetAsync(key, withVector: true)).Vector!.Value.ToArray());
        }

        vectors.ShouldAllBe(vector => vector.SequenceEqual(vectors[0]));
        (await items.GetAsync("url")).Url.ShouldBe(service.Pictures.PictureUrl);
        seekable.CanRead.ShouldBeTrue();
    }

    [Fact]
    public async Task A_missing_file_is_the_callers_exception()
    {
        var items = await TableAsync("missing");
        await Should.ThrowAsync<FileNotFoundException>(() => items.PutAsync("key", new NewItem(Picture.FromFile(Path.Combine(service.Folder, "missing.jpg")))));
    }

    [Fact]
    public async Task A_change_keeps_what_is_null_and_removes_what_is_empty()
    {
        var items = await TableAsync("patched");
        await items.PutAsync("key", new NewItem(Picture.FromBytes(GoldenPicture.Flag))
        {
            ProductId = "1",
            Tags = "old",
            Attributes = new Dictionary<string, AttributeValue> { ["price"] = 1, ["brand"] = "acme" },
        });
        var changed = await items.ChangeAsync(
            "key", new ItemChanges { Tags = "", Brief = "new", Attributes = new Dictionary<string, AttributeValue> { ["price"] = 2, ["brand"] = default } });
        (changed.ProductId, changed.Tags, changed.Brief, changed.Attributes!["price"].Number).ShouldBe(("1", null, "new", 2));
        changed.Attributes.ShouldNotContainKey("brand");
    }

    [Fact]
    public async Task Rules_and_conditions_of_a_put_are_sent()
    {
        var items = await TableAsync("rules");
        var flag = new NewItem(Picture.FromBytes(GoldenPicture.Flag));
        var first = await items.PutAsync("key", flag, new PutOptions { CreateOnly = true });
        (await items.PutAsync("key", flag, new PutOptions { OnExistingKey = KeyRule.Skip })).Effect.ShouldBe(ItemEffect.Skipped);
        (await items.PutAsync("key", flag, new PutOptions { IfMatch = first.ETag })).Effect.ShouldBe(ItemEffect.Replaced);
        (await CodeOf(() => items.PutAsync("key", flag, new PutOptions { OnExistingKey = KeyRule.Fail }))).ShouldBe(ProblemCode.ItemExists);
        (await CodeOf(() => items.PutAsync("key", flag, new PutOptions { IfMatch = first.ETag }))).ShouldBe(ProblemCode.ConditionFailed);
    }

    [Fact]
    public async Task An_item_is_read_changed_and_deleted_by_its_id_too()
    {
        var items = await TableAsync("ids");
        var id = (await items.PutAsync("key", new NewItem(Picture.FromBytes(GoldenPicture.Flag)))).Id;
        (await items.ChangeAsync(id, new ItemChanges { Brief = "text" })).Key.ShouldBe("key");
        (await items.GetAsync(id)).Brief.ShouldBe("text");
        (await items.PutAsync(id, new NewItem(Picture.FromBytes(GoldenPicture.Arrow)))).Effect.ShouldBe(ItemEffect.Replaced);
        (await items.DeleteAsync(id)).ShouldBeTrue();
        (await items.DeleteAsync("key")).ShouldBeFalse();
        (await CodeOf(() => items.GetAsync("key"))).ShouldBe(ProblemCode.ItemNotFound);
    }

    [Fact]
    public async Task A_list_is_filtered_ordered_and_read_page_by_page()
    {
        var items = await TableAsync("list");
        await items.BatchAsync(Enumerable.Range(0, 5).Select(i => BatchOperation.Put($"{i}", new NewItem(Picture.FromBytes(GoldenPicture.Different[i]))
        {
            Attributes = new Dictionary<string, AttributeValue> { ["price"] = i },
        })));
        var keys = new List<string?>();
        var query = new ItemListQuery { Filter = "price >= 1", OrderBy = "price desc", PageSize = 2, Fields = ["key"] };
        await foreach (var item in items.ListAsync(query))
        {
            keys.Add(item.Key);
            item.Attributes.ShouldBeNull();
        }

        keys.ShouldBe(["4", "3", "2", "1"]);
    }

    [Fact]
    public async Task A_batch_has_a_result_for_each_operation()
    {
        var items = await TableAsync("batch");
        using var picture = new MemoryStream(GoldenPicture.Flag);
        var results = await items.BatchAsync(
        [
            BatchOperation.Put("a", new NewItem(Picture.FromStream(picture)) { Attributes = new Dictionary<string, AttributeValue> { ["price"] = 1 } }),
            BatchOperation.Put("a", new NewItem(Picture.FromBytes(GoldenPicture.Arrow)), KeyRule.Skip),
            BatchOperation.Delete("a"),
            BatchOperation.Delete(999),
        ]);
        results.Select(result => result.Status).ShouldBe([201, 200, 204, 404]);
        results.Select(result => result.Effect).ShouldBe([ItemEffect.Created, ItemEffect.Skipped, ItemEffect.Deleted, null]);
        (results[0].Key, results[2].Deleted, results[3].Problem!.Field).ShouldBe(("a", 1, "operations[3].delete.id"));
        results[0].ETag.ShouldNotBeNull();
    }

    private static async Task<string?> CodeOf(Func<Task> call) => (await Should.ThrowAsync<ProblemException>(call)).Code;

    private async Task<ItemCalls> TableAsync(string name)
    {
        await service.Client.Tables.CreateAsync($"items_{name}", Priced);
        return service.Client.Items($"items_{name}");
    }
}
