namespace ImageSearch.Storage.Tests.Vectors.Embedded;

/// <summary>Metrics of the embedded store.</summary>
public sealed class IndexMetricsTests : IDisposable
{
    private readonly IndexFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_indexes_in_memory_are_shown_with_their_rows_and_bytes()
    {
        await using var store = _folder.Open();
        using var measured = new Measurements(instrument => instrument.Meter == store.Metrics.Meter);
        var (shop, other) = (IndexFolder.Table(1), IndexFolder.Table(2, "other"));
        await store.OpenAsync(shop, default);
        await store.OpenAsync(other, default);
        await store.PutAsync(shop.Generation, [IndexFolder.Row(1), IndexFolder.Row(2)], default);
        await store.PutAsync(other.Generation, [IndexFolder.Row(1)], default);

        measured.Shown("imagesearch.index.tables").ShouldBe(2);
        measured.Shown("imagesearch.index.rows").ShouldBe(3);
        measured.Shown("imagesearch.index.memory").ShouldBe(store.Bytes);
        store.Bytes.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_table_that_has_left_memory_is_counted_no_more()
    {
        await using var store = _folder.Open(limit: 1);
        using var measured = new Measurements(instrument => instrument.Meter == store.Metrics.Meter);
        var (shop, other) = (IndexFolder.Table(1), IndexFolder.Table(2, "other"));
        await store.OpenAsync(shop, default);
        await store.PutAsync(shop.Generation, [IndexFolder.Row(1), IndexFolder.Row(2)], default);

        await store.OpenAsync(other, default);

        measured.Shown("imagesearch.index.tables").ShouldBe(1);
        measured.Shown("imagesearch.index.rows").ShouldBe(0);
        measured.Shown("imagesearch.index.memory.limit").ShouldBe(1);
    }
}
