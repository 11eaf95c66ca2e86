using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>With a remote store, rows wait with upload_status 0 while it is unreachable.</summary>
public sealed class RemoteStoreTests : TableFixture
{
    protected override bool IsStoreRemote => true;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Table.CreateAsync(null, default);
        await AddAsync(0);
    }

    [Fact]
    public async Task A_row_is_searchable_once_the_store_has_it() => (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(1);

    [Fact]
    public async Task Adds_succeed_while_the_store_is_down()
    {
        Vectors.IsDown = true;
        await AddAsync(90);
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(1);
        Vectors.IsDown = false;
        (await FoundNearAsync(0)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_bulk_add_succeeds_while_the_store_is_down_and_is_indexed_later()
    {
        Vectors.IsDown = true;
        (await Table.AddManyAsync([Picture(90), Picture(91)], default)).ShouldSucceed().Select(row => row.ShouldSucceed()).ShouldBe([2, 3]);
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(1);
        Vectors.IsDown = false;
        (await Table.LoadAsync(default)).ShouldSucceed().Indexed.ShouldBe(2);
        (await FoundNearAsync(90, 2)).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Rows_of_a_bulk_add_are_searchable_once_the_store_has_them()
    {
        var same = new PictureTexts(Key: "k");
        (await Table.AddManyAsync([Picture(90), Picture(91, same, replaceSameKey: true), Picture(92, same, replaceSameKey: true)], default)).ShouldSucceed();
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(3);
        (await FoundNearAsync(92, 1)).ShouldBe([3]);
    }

    [Fact]
    public async Task A_search_fails_clearly_while_the_store_is_down()
    {
        Vectors.IsDown = true;
        (await Table.SearchAsync(Near(0), default)).ShouldFail(FailureCode.VectorStoreUnavailable);
    }

    [Fact]
    public async Task Load_indexes_waiting_rows()
    {
        Vectors.IsDown = true;
        var waiting = await AddAsync(90);
        Vectors.IsDown = false;
        (await Table.LoadAsync(default)).ShouldSucceed().Indexed.ShouldBe(1);
        (await FoundNearAsync(90, 1)).ShouldBe([waiting]);
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(2);
    }

    [Fact]
    public async Task A_row_that_was_deleted_while_the_store_was_down_is_not_found()
    {
        Vectors.IsDown = true;
        (await Table.DeleteByIdsAsync([1], default)).ShouldSucceed().ShouldBe(1);
        Vectors.IsDown = false;
        (await FoundNearAsync(0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mark_for_an_older_version_is_ignored()
    {
        var table = (await Catalog.FindTableAsync(Shop, default))!;
        Vectors.IsDown = true;
        (await Table.UpdateAsync(new PictureChange(1, new PictureVectors(Model, At(5)), new PictureTexts()), default)).ShouldSucceed();
        (await Catalog.MarkSearchableAsync(table.Generation, [new RowVersion(1, 1)], default)).ShouldSucceed().ShouldBe(0);
    }

    [Fact]
    public async Task A_row_whose_picture_changes_while_it_is_indexed_is_found_by_the_new_picture()
    {
        var table = (await Catalog.FindTableAsync(Shop, default))!;
        Vectors.BeforePut = Once(async () => (await Catalog.ChangeAsync(
            table.Generation, new PictureChange(2, new PictureVectors(Model, At(50)), new PictureTexts()), searchable: false, default)).ShouldSucceed());
        await AddAsync(90);
        var hit = (await Vectors.SearchAsync(table.Generation, [At(50)], 1, null, default)).ShouldHaveSingleItem();
        hit.Row.ShouldBe(new RowVersion(2, 2));
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(2);
    }

    [Fact]
    public async Task A_row_that_is_deleted_while_it_is_indexed_is_removed_from_the_store()
    {
        var table = (await Catalog.FindTableAsync(Shop, default))!;
        Vectors.BeforePut = Once(async () => (await Catalog.DeleteByIdsAsync(table.Generation, [2], default)).ShouldSucceed());
        await AddAsync(90);
        (await Vectors.SearchAsync(table.Generation, [At(90)], 10, null, default)).Select(hit => hit.Row.Id).ShouldBe([1]);
    }

    [Fact]
    public async Task Load_restores_what_the_store_has_lost()
    {
        await ((FaultyRemoteStore)Vectors).LoseAsync((await Catalog.FindTableAsync(Shop, default))!);
        (await Table.LoadAsync(default)).ShouldSucceed().Indexed.ShouldBe(1);
        (await FoundNearAsync(0)).ShouldBe([1]);
    }

    private static Func<Task> Once(Func<Task> call)
    {
        var called = false;
        return () =>
        {
            if (called) return Task.CompletedTask;
            called = true;
            return call();
        };
    }
}
