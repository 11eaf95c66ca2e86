using ImageSearch.Storage;

namespace ImageSearch.Grains.Tests.Datasets;

/// <summary>Over a store that keeps its own copy elsewhere: rows wait with upload_status 0 while it is gone.</summary>
public sealed class RemoteStoreTests : TableFixture
{
    protected override bool StoreKeepsOwnCopy => true;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Table.CreateAsync(default);
        await AddAsync(0);
    }

    [Fact]
    public async Task A_row_is_searchable_once_the_store_has_it() => (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(1);

    [Fact]
    public async Task A_store_that_is_down_stops_no_add()
    {
        Vectors.Down = true;
        await AddAsync(90);
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(1);
        Vectors.Down = false;
        (await FoundNearAsync(0)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_search_while_the_store_is_down_says_so()
    {
        Vectors.Down = true;
        (await Table.SearchAsync(Near(0), default)).ShouldFail(FailureCode.VectorStoreUnavailable);
    }

    [Fact]
    public async Task Load_indexes_the_rows_that_waited()
    {
        Vectors.Down = true;
        var waiting = await AddAsync(90);
        Vectors.Down = false;
        (await Table.LoadAsync(default)).ShouldSucceed().Indexed.ShouldBe(1);
        (await FoundNearAsync(90, 1)).ShouldBe([waiting]);
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(2);
    }

    [Fact]
    public async Task A_row_that_was_deleted_while_the_store_was_down_is_not_found()
    {
        Vectors.Down = true;
        (await Table.DeleteByIdsAsync([1], default)).ShouldSucceed().ShouldBe(1);
        Vectors.Down = false;
        (await FoundNearAsync(0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mark_that_comes_after_the_next_version_is_not_set()
    {
        var table = (await Catalog.FindTableAsync(Shop, default))!;
        Vectors.Down = true;
        (await Table.UpdateAsync(new PictureChange(1, new PictureVectors(Model, At(5)), new PictureTexts()), default)).ShouldSucceed();
        (await Catalog.MarkSearchableAsync(table.Generation, [new RowVersion(1, 1)], default)).ShouldSucceed().ShouldBe(0);
    }
}
