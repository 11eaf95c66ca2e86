using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using ImageSearch.Storage.Vectors.Embedded;

namespace ImageSearch.Storage.Tests.Vectors.Embedded;

public sealed class EmbeddedVectorStoreTests : VectorStoreCompliance
{
    // One long vector per row, so that a table of few rows is large enough for its search to leave a grain's turn.
    private const int WideDimension = 4_096;

    protected override Task<IVectorStore> CreateStoreAsync() => Task.FromResult<IVectorStore>(new EmbeddedVectorStore());

    [Fact]
    public void The_store_is_filled_from_the_catalog() => Store.IsFilledFromCatalog.ShouldBeTrue();

    [Fact]
    public async Task A_disposed_store_refuses_calls()
    {
        await Store.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await SearchAsync(Vector(1)));
        await Should.ThrowAsync<ObjectDisposedException>(async () => await OpenTableAsync());
    }

    [Fact]
    public async Task A_vector_without_unit_length_is_refused() =>
        await Should.ThrowAsync<ArgumentException>(async () => await PutAsync(Row(1, 1, new float[Dimension])));

    [Fact]
    public async Task A_cancelled_search_ends()
    {
        await PutAsync(Row(1, 1, Vector(1)));
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await Store.SearchAsync(Table.Generation, [Vector(1)], 5, null, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(249, false)]
    [InlineData(250, true)]
    public async Task A_long_search_leaves_the_turn_of_the_grain_that_asks_and_a_short_one_does_not(int rows, bool leaves)
    {
        TableRecord table = NewTable() with { Model = new ModelIdentity("wide", "1", WideDimension) };
        await Store.OpenAsync(table, CancellationToken.None);
        float[] vector = [1f, .. new float[WideDimension - 1]];
        await Store.PutAsync(table.Generation, [.. Enumerable.Range(1, rows).Select(id => Row(id, 1, vector))], CancellationToken.None);

        TaskScheduler turn = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        using var view = new SchedulerRecordingView(vector);
        await Task.Factory.StartNew(
            () => Store.SearchAsync(table.Generation, [view.Memory], 3, null, CancellationToken.None),
            CancellationToken.None,
            TaskCreationOptions.None,
            turn).Unwrap();

        view.SeenOn.ShouldBe(leaves ? TaskScheduler.Default : turn);
    }
}
