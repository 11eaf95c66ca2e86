using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Tests.Tables;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Grains.Tests.Indexing;

/// <summary>A remote store is kept in line with the catalog without a call of load.</summary>
public sealed class IndexReconcilerTests : TableFixture
{
    private IndexLag _lag = null!;
    private IndexReconciler _reconciler = null!;

    protected override bool IsStoreRemote => true;

    private FaultyRemoteStore Store => (FaultyRemoteStore)Vectors;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _lag = new IndexLag(TimeProvider.System);
        _reconciler = new IndexReconciler(Counted, Vectors, Loads, _lag, TimeProvider.System, NullLogger<IndexReconciler>.Instance);
        await Table.CreateAsync(null, default);
        await AddAsync(0);
    }

    [Fact]
    public async Task Rows_that_wait_for_two_passes_are_indexed()
    {
        await AddWhileDownAsync(90);
        await ReconcileAsync();
        await ReconcileAsync();
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(2);
        (await FoundNearAsync(90, 1)).ShouldBe([2]);
    }

    [Fact]
    public async Task Waiting_rows_are_counted()
    {
        await ReconcileAsync();
        await AddWhileDownAsync(90);
        await ReconcileAsync();
        _lag.Rows.ShouldBe(1);
        await ReconcileAsync();
        _lag.Rows.ShouldBe(0);
    }

    [Fact]
    public async Task A_row_that_is_being_added_is_left_to_its_add()
    {
        await ReconcileAsync();
        var read = Counted.VectorsRead;
        await AddWhileDownAsync(90);
        await ReconcileAsync();
        Counted.VectorsRead.ShouldBe(read);
    }

    [Fact]
    public async Task A_table_that_the_store_has_lost_is_indexed_again()
    {
        await ReconcileAsync();
        await Store.LoseAsync((await Catalog.FindTableAsync(Shop, default))!);
        await ReconcileAsync();
        (await FoundNearAsync(0)).ShouldBe([1]);
    }

    [Fact]
    public async Task A_reconciled_table_is_not_compared_again()
    {
        await ReconcileAsync();
        var read = Counted.VectorsRead;
        await ReconcileAsync();
        Counted.VectorsRead.ShouldBe(read);
    }

    [Fact]
    public async Task An_unreachable_store_is_reported_until_it_recovers()
    {
        Vectors.IsDown = true;
        await ReconcileAsync();
        _lag.Fault.ShouldNotBeNull();
        Vectors.IsDown = false;
        await ReconcileAsync();
        _lag.Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Dropped_tables_are_swept_at_startup_and_after_each_outage()
    {
        await ReconcileAsync();
        await ReconcileAsync();
        Store.Sweeps.ShouldBe(1);
        Vectors.IsDown = true;
        await ReconcileAsync();
        Vectors.IsDown = false;
        await ReconcileAsync();
        Store.Sweeps.ShouldBe(2);
    }

    [Fact]
    public async Task A_table_that_another_process_dropped_is_removed_from_the_store()
    {
        await ReconcileAsync();
        var table = (await Catalog.FindTableAsync(Shop, default))!;
        await Catalog.DropTableAsync(table.Generation, default);
        await ReconcileAsync();
        await Should.ThrowAsync<VectorStoreException>(() => Vectors.SearchAsync(table.Generation, [At(0)], 1, null, default));
    }

    private Task ReconcileAsync() => _reconciler.ReconcileAsync(default);

    private async Task AddWhileDownAsync(double degrees)
    {
        Vectors.IsDown = true;
        await AddAsync(degrees);
        Vectors.IsDown = false;
    }
}
