using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Tests.Vectors;

/// <summary>Putting and removing rows.</summary>
public abstract partial class VectorStoreCompliance
{
    [SuiteFact]
    public async Task A_row_that_was_put_is_found_at_distance_zero()
    {
        await PutAsync(Row(7, 3, Vector(1)));
        VectorHit hit = (await SearchAsync(Vector(1))).ShouldHaveSingleItem();
        hit.Row.ShouldBe(new RowVersion(7, 3));
        ((double)hit.SquaredDistance).ShouldBe(0, DistanceTolerance);
    }

    [SuiteFact]
    public async Task Each_of_many_puts_is_found_by_the_search_that_follows_it()
    {
        for (int id = 1; id <= ManyRows; id++)
        {
            await PutAsync(Row(id, 1, Vector(id)));
            (await FoundAsync(Vector(id), topK: 1)).ShouldBe([new RowVersion(id, 1)]);
        }
    }

    [SuiteFact]
    public async Task A_newer_version_replaces_an_older_one()
    {
        await PutAsync(Row(1, 1, Vector(1), Vector(2)));
        await PutAsync(Row(1, 2, Vector(3)));
        await EventuallyAsync(async () =>
        {
            VectorHit hit = (await SearchAsync(Vector(2))).ShouldHaveSingleItem();
            hit.Row.Version.ShouldBe(2);
            ((double)hit.SquaredDistance).ShouldBe(SquaredDistance(Vector(2), Vector(3)), DistanceTolerance);
        });
    }

    [SuiteFact]
    public async Task An_older_version_leaves_a_newer_one_as_it_is()
    {
        await PutAsync(Row(1, 2, Vector(1)));
        await PutAsync(Row(1, 1, Vector(2)));
        (await FoundAsync(Vector(2))).ShouldBe([new RowVersion(1, 2)]);
    }

    [SuiteFact]
    public async Task Rows_of_one_put_may_hold_several_versions_of_a_row()
    {
        await PutAsync(Row(1, 2, Vector(1)), Row(1, 1, Vector(2)), Row(2, 1, Vector(3)));
        (await FoundAsync(Vector(1))).ShouldBe([new RowVersion(1, 2), new RowVersion(2, 1)]);
    }

    [SuiteFact]
    public async Task A_removed_row_is_not_found()
    {
        await PutAsync(Row(1, 1, Vector(1), Vector(2)), Row(2, 1, Vector(3)));
        await RemoveAsync(1, 1);
        await EventuallyAsync(async () => (await FoundAsync(Vector(2))).ShouldBe([new RowVersion(2, 1)]));
    }

    [SuiteFact]
    public async Task Removing_a_newer_version_removes_the_older_one_too()
    {
        await PutAsync(Row(1, 1, Vector(1)));
        await RemoveAsync(1, 2);
        await EventuallyAsync(async () => (await FoundAsync(Vector(1))).ShouldBeEmpty());
    }

    [SuiteFact]
    public async Task Removing_an_older_version_leaves_a_newer_one()
    {
        await PutAsync(Row(1, 2, Vector(1)));
        await RemoveAsync(1, 1);
        (await FoundAsync(Vector(1))).ShouldBe([new RowVersion(1, 2)]);
    }

    [SuiteFact]
    public async Task Removing_a_row_that_is_not_there_is_no_error()
    {
        await RemoveAsync(99, 1);
        (await FoundAsync(Vector(1))).ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task A_vector_of_another_dimension_is_refused()
    {
        float[] vector = [1f, .. new float[Dimension]];
        await Should.ThrowAsync<ArgumentException>(async () => await PutAsync(Row(1, 1, vector)));
        await Should.ThrowAsync<ArgumentException>(async () => await SearchAsync(vector));
    }
}
