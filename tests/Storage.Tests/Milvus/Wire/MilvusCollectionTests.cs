using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>Calls on collections, on a real server.</summary>
public sealed class MilvusCollectionTests
{
    [MilvusFact]
    public async Task The_server_returns_its_version()
    {
        await using var milvus = TestMilvus.Connect();
        (await milvus.Client.VersionAsync(default)).ShouldStartWith("v2.");
    }

    [MilvusFact]
    public async Task The_servers_clock_advances()
    {
        await using var milvus = TestMilvus.Connect();
        var first = await milvus.Client.NowAsync(default);
        (await milvus.Client.NowAsync(default)).ShouldBeGreaterThan(first);
        (first >> 18).ShouldBeGreaterThan(1_600_000_000_000UL);
    }

    [MilvusFact]
    public async Task A_collection_is_described_as_it_was_created()
    {
        await using var milvus = TestMilvus.Connect();
        var before = await milvus.Client.NowAsync(default);
        await milvus.Client.CreateCollectionAsync(new MilvusSchema(milvus.Collection, "Bilder für „α“", 1280, Mmap: true), default);

        var found = (await milvus.Client.FindCollectionAsync(milvus.Collection, default)).ShouldNotBeNull();
        found.Name.ShouldBe(milvus.Collection);
        found.Description.ShouldBe("Bilder für „α“");
        found.Created.ShouldBeGreaterThan(before);
        found.Fields.ShouldBe(
        [
            new MilvusField("id", MilvusFieldType.Int64, IsPrimaryKey: true, Dimension: null),
            new MilvusField("version", MilvusFieldType.Int64, IsPrimaryKey: false, Dimension: null),
            new MilvusField("embedding", MilvusFieldType.FloatVector, IsPrimaryKey: false, Dimension: 1280),
        ]);
    }

    [MilvusFact]
    public async Task A_collection_is_listed_while_it_exists()
    {
        await using var milvus = TestMilvus.Connect();
        (await milvus.Client.ListCollectionsAsync(default)).ShouldNotContain(milvus.Collection);
        await milvus.Client.CreateCollectionAsync(new MilvusSchema(milvus.Collection, "", 8, Mmap: false), default);
        (await milvus.Client.ListCollectionsAsync(default)).ShouldContain(milvus.Collection);
        await milvus.Client.DropCollectionAsync(milvus.Collection, default);
        (await milvus.Client.ListCollectionsAsync(default)).ShouldNotContain(milvus.Collection);
    }

    [MilvusFact]
    public async Task An_absent_collection_is_not_found()
    {
        await using var milvus = TestMilvus.Connect();
        (await milvus.Client.FindCollectionAsync(milvus.Collection, default)).ShouldBeNull();
    }

    [MilvusFact]
    public async Task A_collection_of_the_same_name_already_exists()
    {
        await using var milvus = TestMilvus.Connect();
        var schema = new MilvusSchema(milvus.Collection, "", 8, Mmap: false);
        await milvus.Client.CreateCollectionAsync(schema, default);
        (await Should.ThrowAsync<MilvusException>(() => milvus.Client.CreateCollectionAsync(schema, default)))
            .Code.ShouldBe(MilvusFault.AlreadyExists);
    }

    [MilvusFact]
    public async Task Dropping_an_absent_collection_is_not_an_error()
    {
        await using var milvus = TestMilvus.Connect();
        await Should.NotThrowAsync(() => milvus.Client.DropCollectionAsync(milvus.Collection, default));
    }

    [MilvusFact]
    public async Task An_index_is_described_and_creating_it_twice_changes_nothing()
    {
        await using var milvus = TestMilvus.Connect();
        await milvus.Client.CreateCollectionAsync(new MilvusSchema(milvus.Collection, "", 8, Mmap: false), default);
        (await milvus.Client.DescribeIndexAsync(milvus.Collection, default)).ShouldBeNull();
        await milvus.Client.CreateIndexAsync(milvus.Collection, TestMilvus.Hnsw, default);
        await milvus.Client.CreateIndexAsync(milvus.Collection, TestMilvus.Hnsw, default);

        var index = (await milvus.Client.DescribeIndexAsync(milvus.Collection, default)).ShouldNotBeNull();
        foreach (var (key, value) in TestMilvus.Hnsw) index.Parameters[key].ShouldBe(value);
    }

    [MilvusFact]
    public async Task A_collection_that_is_not_loaded_has_no_progress_and_can_not_be_searched()
    {
        await using var milvus = TestMilvus.Connect();
        await milvus.Client.CreateCollectionAsync(new MilvusSchema(milvus.Collection, "", 8, Mmap: false), default);
        (await milvus.Client.LoadProgressAsync(milvus.Collection, default)).ShouldBe(-1);
        (await Should.ThrowAsync<MilvusException>(
            () => milvus.Client.SearchAsync(milvus.Collection, [TestMilvus.Vector(8, 0)], 1, TestMilvus.Search, default)))
            .Code.ShouldBe(MilvusFault.NotLoaded);
    }

    [MilvusTheory]
    [InlineData("progress")]
    [InlineData("load")]
    [InlineData("index")]
    [InlineData("describe index")]
    [InlineData("upsert")]
    [InlineData("delete")]
    [InlineData("search")]
    [InlineData("query")]
    [InlineData("count")]
    public async Task A_call_on_an_absent_collection_fails_with_not_found(string call)
    {
        await using var milvus = TestMilvus.Connect();
        var (client, name) = (milvus.Client, milvus.Collection);
        Task CallAsync() => call switch
        {
            "progress" => client.LoadProgressAsync(name, default),
            "load" => client.LoadAsync(name, 1, default),
            "index" => client.CreateIndexAsync(name, TestMilvus.Hnsw, default),
            "describe index" => client.DescribeIndexAsync(name, default),
            "upsert" => milvus.UpsertAsync(8, 1),
            "delete" => client.DeleteAsync(name, [1], default),
            "search" => client.SearchAsync(name, [TestMilvus.Vector(8, 0)], 1, TestMilvus.Search, default),
            "query" => client.QueryAsync(name, new MilvusQuery("id > 0", 1, ["id"]), default),
            _ => client.CountAsync(name, true, default),
        };
        (await Should.ThrowAsync<MilvusException>(CallAsync)).Code.ShouldBe(MilvusFault.NotFound);
    }
}
