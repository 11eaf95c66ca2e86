using ImageSearch.Grains.Indexing;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>A store with a copy of its own follows the catalog without anybody calling load.</summary>
public sealed class IndexReconcilerTests : TableFixture
{
    private IndexLag _lag = null!;
    private IndexReconciler _catchUp = null!;

    protected override bool StoreKeepsOwnCopy => true;

    private FaultyRemoteStore Store => (FaultyRemoteStore)Vectors;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _lag = new IndexLag(TimeProvider.System);
        _catchUp = new IndexReconciler(Counted, Vectors, Loads, _lag, TimeProvider.System, NullLogger<IndexReconciler>.Instance);
        await Table.CreateAsync(default);
        await AddAsync(0);
    }

    [Fact]
    public async Task Rows_that_waited_for_two_looks_are_indexed()
    {
        await AddWhileDownAsync(90);
        await LookAsync();
        await LookAsync();
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(2);
        (await FoundNearAsync(90, 1)).ShouldBe([2]);
    }

    [Fact]
    public async Task Rows_that_wait_are_counted()
    {
        await LookAsync();
        await AddWhileDownAsync(90);
        await LookAsync();
        _lag.Rows.ShouldBe(1);
        await LookAsync();
        _lag.Rows.ShouldBe(0);
    }

    [Fact]
    public async Task A_row_that_is_being_added_is_left_to_its_add()
    {
        await LookAsync();
        var read = Counted.VectorsRead;
        await AddWhileDownAsync(90);
        await LookAsync();
        Counted.VectorsRead.ShouldBe(read);
    }

    [Fact]
    public async Task A_table_that_the_store_has_lost_is_put_anew()
    {
        await LookAsync();
        await Store.LoseAsync((await Catalog.FindTableAsync(Shop, default))!);
        await LookAsync();
        (await FoundNearAsync(0)).ShouldBe([1]);
    }

    [Fact]
    public async Task A_settled_table_is_not_compared_again()
    {
        await LookAsync();
        var read = Counted.VectorsRead;
        await LookAsync();
        Counted.VectorsRead.ShouldBe(read);
    }

    [Fact]
    public async Task A_store_that_is_gone_is_told_until_it_is_back()
    {
        Vectors.Down = true;
        await LookAsync();
        _lag.Fault.ShouldNotBeNull();
        Vectors.Down = false;
        await LookAsync();
        _lag.Fault.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_left_of_dropped_tables_is_swept_at_the_start_and_after_each_outage()
    {
        await LookAsync();
        await LookAsync();
        Store.Sweeps.ShouldBe(1);
        Vectors.Down = true;
        await LookAsync();
        Vectors.Down = false;
        await LookAsync();
        Store.Sweeps.ShouldBe(2);
    }

    [Fact]
    public async Task A_table_that_was_dropped_by_somebody_else_leaves_the_store()
    {
        await LookAsync();
        var table = (await Catalog.FindTableAsync(Shop, default))!;
        await Catalog.DropTableAsync(table.Generation, default);
        await LookAsync();
        await Should.ThrowAsync<VectorStoreException>(() => Vectors.SearchAsync(table.Generation, [At(0)], 1, default));
    }

    private Task LookAsync() => _catchUp.LookAsync(default);

    private async Task AddWhileDownAsync(double degrees)
    {
        Vectors.Down = true;
        await AddAsync(degrees);
        Vectors.Down = false;
    }
}
