using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Tests.Vectors;

/// <summary>Order, distances and number of hits.</summary>
public abstract partial class VectorStoreCompliance
{
    [SuiteFact]
    public async Task Hits_come_nearest_first_with_exact_distances()
    {
        const int Rows = 200;
        await PutAsync([.. Enumerable.Range(1, Rows).Select(id => Row(id, 1, Vector(id)))]);
        float[] view = Vector(1_000);
        var expected = Enumerable.Range(1, Rows)
            .Select(id => (Id: (long)id, Distance: SquaredDistance(view, Vector(id))))
            .OrderBy(row => row.Distance)
            .Take(20)
            .ToArray();

        IReadOnlyList<VectorHit> hits = await SearchAsync(view, topK: 20);

        hits.Select(hit => hit.Row.Id).ShouldBe(expected.Select(row => row.Id));
        for (int i = 0; i < hits.Count; i++)
            ((double)hits[i].SquaredDistance).ShouldBe(expected[i].Distance, DistanceTolerance);
    }

    [SuiteFact]
    public async Task More_hits_than_there_are_rows_gives_every_row_once()
    {
        await PutAsync([.. Enumerable.Range(1, 30).Select(id => Row(id, 1, Vector(id), Vector(id + 500)))]);
        (await FoundAsync(Vector(1), topK: 1_000)).Select(row => row.Id).Order().ShouldBe(Enumerable.Range(1, 30).Select(id => (long)id));
    }

    [SuiteFact]
    public async Task Many_searches_find_what_each_finds_alone()
    {
        await PutAsync([.. Enumerable.Range(1, 200).Select(id => Row(id, 1, Vector(id), id % 3 == 0 ? Vector(id + 500) : null))]);
        ReadOnlyMemory<float>[] queries = [.. Enumerable.Range(195, 20).Select(id => (ReadOnlyMemory<float>)Vector(id))];

        var found = await Store.SearchManyAsync(Table.Generation, queries, 10, None);

        found.Count.ShouldBe(queries.Length);
        for (int i = 0; i < queries.Length; i++)
        {
            IReadOnlyList<VectorHit> alone = await Store.SearchAsync(Table.Generation, [queries[i]], 10, null, None);
            found[i].Select(hit => hit.Row).ShouldBe(alone.Select(hit => hit.Row));
        }
    }

    [SuiteFact]
    public async Task A_row_is_found_by_its_main_object()
    {
        await PutAsync(Row(1, 1, Vector(1), Vector(2)), Row(2, 1, Vector(3)));
        IReadOnlyList<VectorHit> hits = await SearchAsync(Vector(2), topK: 1);
        hits.ShouldHaveSingleItem().Row.Id.ShouldBe(1);
        ((double)hits[0].SquaredDistance).ShouldBe(0, DistanceTolerance);
    }

    [SuiteFact]
    public async Task Hits_of_two_views_are_merged_by_the_nearer_one()
    {
        await PutAsync([.. Enumerable.Range(1, 50).Select(id => Row(id, 1, Vector(id), id % 2 == 0 ? Vector(id + 500) : null))]);

        IReadOnlyList<VectorHit> hits = await Store.SearchAsync(Table.Generation, [Vector(5), Vector(510)], 50, null, None);

        hits.Take(2).Select(hit => hit.Row.Id).Order().ShouldBe([5, 10]);
        hits.Select(hit => hit.Row.Id).ShouldBeUnique();
        hits.Count.ShouldBe(50);
        foreach (VectorHit hit in hits)
        {
            double nearest = new[] { Vector(5), Vector(510) }
                .SelectMany(view => VectorsOf((int)hit.Row.Id).Select(vector => SquaredDistance(view, vector)))
                .Min();
            ((double)hit.SquaredDistance).ShouldBe(nearest, DistanceTolerance);
        }

        IEnumerable<float[]> VectorsOf(int id) => id % 2 == 0 ? [Vector(id), Vector(id + 500)] : [Vector(id)];
    }

    [SuiteFact]
    public async Task An_empty_table_finds_nothing() => (await SearchAsync(Vector(1))).ShouldBeEmpty();

    [SuiteTheory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task A_search_without_views_or_with_three_is_refused(int views)
    {
        ReadOnlyMemory<float>[] vectors = [.. Enumerable.Range(1, views).Select(seed => (ReadOnlyMemory<float>)Vector(seed))];
        await Should.ThrowAsync<ArgumentException>(async () => await Store.SearchAsync(Table.Generation, vectors, 5, null, None));
    }

    [SuiteFact]
    public async Task A_search_for_no_row_is_refused() =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await SearchAsync(Vector(1), topK: 0));
}
