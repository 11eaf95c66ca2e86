using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Tests.Vectors;

/// <summary>Searches among some of the rows.</summary>
public abstract partial class VectorStoreCompliance
{
    [SuiteTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    public async Task Hits_among_allowed_rows_are_the_nearest_of_them(int step)
    {
        const int Rows = 200;
        await PutAsync([.. Enumerable.Range(1, Rows).Select(id => Row(id, 1, Vector(id)))]);
        var view = Vector(1_000);
        var allowed = Enumerable.Range(1, Rows).Where(id => id % step == 0).Select(id => (long)id).ToList();

        var hits = await Store.SearchAsync(Table.Generation, [view], 10, new AllowedRows(allowed), None);

        hits.Select(hit => hit.Row.Id).ShouldBe(allowed.OrderBy(id => SquaredDistance(view, Vector((int)id))).Take(10));
    }

    [SuiteFact]
    public async Task More_hits_than_allowed_rows_gives_all_of_them()
    {
        await PutAsync([.. Enumerable.Range(1, 50).Select(id => Row(id, 1, Vector(id), Vector(id + 500)))]);

        var hits = await Store.SearchAsync(Table.Generation, [Vector(1), Vector(2)], 100, new AllowedRows([7, 3, 49]), None);

        hits.Select(hit => hit.Row.Id).Order().ShouldBe([3, 7, 49]);
    }

    [SuiteFact]
    public async Task An_allowed_row_is_found_by_its_main_object()
    {
        await PutAsync(Row(1, 1, Vector(1), Vector(2)), Row(2, 1, Vector(3)), Row(3, 1, Vector(2)));
        (await Store.SearchAsync(Table.Generation, [Vector(2)], 1, new AllowedRows([1, 2]), None)).ShouldHaveSingleItem().Row.Id.ShouldBe(1);
    }

    [SuiteFact]
    public async Task Allowed_rows_that_do_not_exist_are_ignored()
    {
        await PutAsync(Row(5, 1, Vector(5)));
        (await Store.SearchAsync(Table.Generation, [Vector(5)], 10, new AllowedRows([4, 5, 1_000_000_000_000]), None)).ShouldHaveSingleItem();
        (await Store.SearchAsync(Table.Generation, [Vector(5)], 10, new AllowedRows([]), None)).ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task Large_sets_of_allowed_rows_are_searched_whole()
    {
        const int Rows = 5_000;
        for (var first = 1; first <= Rows; first += 500)
            await PutAsync([.. Enumerable.Range(first, 500).Select(id => Row(id, 1, Vector(id)))]);
        var allowed = new AllowedRows([.. Enumerable.Range(1, Rows - 1).Select(id => (long)id)]);

        (await Store.SearchAsync(Table.Generation, [Vector(4_999)], 1, allowed, None)).ShouldHaveSingleItem().Row.Id.ShouldBe(4_999);
        (await Store.SearchAsync(Table.Generation, [Vector(1)], 1, allowed, None)).ShouldHaveSingleItem().Row.Id.ShouldBe(1);
        (await Store.SearchAsync(Table.Generation, [Vector(Rows)], 1, allowed, None)).ShouldHaveSingleItem().Row.Id.ShouldNotBe(Rows);
    }
}
