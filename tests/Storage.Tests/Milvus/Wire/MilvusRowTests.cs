using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>Writes, searches, queries and counts, on a real server.</summary>
public sealed class MilvusRowTests
{
    private const int Dimension = 1280;

    [MilvusFact]
    public async Task A_search_that_guarantees_a_write_finds_its_rows_with_their_versions_nearest_first()
    {
        await using var milvus = TestMilvus.Connect();
        await milvus.CreateLoadedAsync(Dimension);
        long[] ids = [1, long.MaxValue, long.MinValue + 1, -7, (1L << 53) + 1];
        var written = await milvus.UpsertAsync(Dimension, ids);

        for (var i = 0; i < ids.Length; i++)
        {
            var hits = (await milvus.Client.SearchAsync(
                milvus.Collection, [TestMilvus.Vector(Dimension, i)], 10, TestMilvus.Search with { Guarantee = written }, default))
                .ShouldHaveSingleItem();
            hits.Count.ShouldBe(ids.Length);
            hits[0].ShouldBe(new MilvusHit(ids[i], unchecked(ids[i] * 10), 0));
            hits.Select(hit => hit.Score).ShouldBeInOrder();
        }
    }

    [MilvusFact]
    public async Task Each_query_of_a_search_has_its_own_hits()
    {
        await using var milvus = TestMilvus.Connect();
        await milvus.CreateLoadedAsync(8);
        var written = await milvus.UpsertAsync(8, 11, 12, 13);
        var results = await milvus.Client.SearchAsync(
            milvus.Collection, [TestMilvus.Vector(8, 2), TestMilvus.Vector(8, 0)], 1, TestMilvus.Search with { Guarantee = written }, default);
        results.Select(hits => hits.ShouldHaveSingleItem().Id).ShouldBe([13L, 11L]);
    }

    [MilvusFact]
    public async Task A_search_in_an_empty_collection_finds_nothing()
    {
        await using var milvus = TestMilvus.Connect();
        await milvus.CreateLoadedAsync(8);
        var results = await milvus.Client.SearchAsync(
            milvus.Collection, [TestMilvus.Vector(8, 2), TestMilvus.Vector(8, 0)], 5, TestMilvus.Search with { Strong = true }, default);
        results.ShouldAllBe(hits => hits.Count == 0);
        results.Count.ShouldBe(2);
    }

    [MilvusFact]
    public async Task An_upsert_replaces_a_row()
    {
        await using var milvus = TestMilvus.Connect();
        await milvus.CreateLoadedAsync(8);
        await milvus.UpsertAsync(8, 1, 2);
        var written = await milvus.Client.UpsertAsync(milvus.Collection, new MilvusRows([2], [99], [TestMilvus.Vector(8, 7)]), default);

        var hits = await milvus.Client.SearchAsync(
            milvus.Collection, [TestMilvus.Vector(8, 7)], 5, TestMilvus.Search with { Guarantee = written }, default);
        hits[0].ShouldContain(new MilvusHit(2, 99, 0));
        hits[0].Count.ShouldBe(2);
        (await milvus.Client.CountAsync(milvus.Collection, strong: true, default)).ShouldBe(2);
    }

    [MilvusFact]
    public async Task A_deleted_row_is_not_found_by_a_search_that_guarantees_the_delete()
    {
        await using var milvus = TestMilvus.Connect();
        await milvus.CreateLoadedAsync(8);
        await milvus.UpsertAsync(8, 1, -2, long.MaxValue);
        var deleted = await milvus.Client.DeleteAsync(milvus.Collection, [-2, long.MaxValue, 12345], default);

        var hits = await milvus.Client.SearchAsync(
            milvus.Collection, [TestMilvus.Vector(8, 1)], 5, TestMilvus.Search with { Guarantee = deleted }, default);
        hits[0].ShouldHaveSingleItem().Id.ShouldBe(1);
        (await milvus.Client.CountAsync(milvus.Collection, strong: true, default)).ShouldBe(1);
    }

    [MilvusFact]
    public async Task Each_write_has_a_later_timestamp()
    {
        await using var milvus = TestMilvus.Connect();
        await milvus.CreateLoadedAsync(8);
        var first = await milvus.UpsertAsync(8, 1);
        var second = await milvus.Client.DeleteAsync(milvus.Collection, [1], default);
        second.ShouldBeGreaterThan(first);
        (await milvus.Client.NowAsync(default)).ShouldBeGreaterThan(second);
    }

    [MilvusFact]
    public async Task Pages_by_id_return_every_row_once_in_ascending_order()
    {
        await using var milvus = TestMilvus.Connect();
        await milvus.CreateLoadedAsync(8);
        var ids = Enumerable.Range(-500, 1000).Select(i => (long)i).ToArray();
        new Random(3).Shuffle(ids);
        ulong written = 0;
        foreach (var chunk in ids.Chunk(100)) written = await milvus.UpsertAsync(8, chunk);

        var seen = new List<long>();
        while (true)
        {
            var after = seen.Count == 0 ? long.MinValue + 1 : seen[^1];
            var page = await milvus.Client.QueryAsync(
                milvus.Collection, new MilvusQuery($"id > {after}", 64, ["id", "version"]) { Guarantee = written }, default);
            if (page.RowCount == 0) break;
            page.Int64s("version").ShouldBe(page.Int64s("id").Select(id => id * 10));
            seen.AddRange(page.Int64s("id"));
        }

        seen.ShouldBe(ids.Order());
    }

    [MilvusFact]
    public async Task A_page_returns_exact_vectors()
    {
        await using var milvus = TestMilvus.Connect();
        await milvus.CreateLoadedAsync(Dimension);
        var random = new Random(5);
        var vectors = Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f).ToArray()).ToArray();
        await milvus.Client.UpsertAsync(
            milvus.Collection, new MilvusRows([1, 2, 3], [1, 1, 1], [.. vectors.Select(v => new ReadOnlyMemory<float>(v))]), default);

        var page = await milvus.Client.QueryAsync(
            milvus.Collection, new MilvusQuery("id >= 1", 10, ["id", "embedding"]) { Strong = true }, default);
        page.RowCount.ShouldBe(3);
        for (var row = 0; row < 3; row++)
        {
            page.Vectors("embedding")[row].ToArray().ShouldBe(vectors[page.Int64s("id")[row] - 1]);
        }
    }

    [MilvusFact]
    public async Task A_vector_of_another_dimension_is_rejected()
    {
        await using var milvus = TestMilvus.Connect();
        await milvus.CreateLoadedAsync(8);
        (await Should.ThrowAsync<MilvusException>(() => milvus.UpsertAsync(9, 1))).Code.ShouldBe(MilvusFault.Failed);
    }
}
