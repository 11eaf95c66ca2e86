using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>The compliance suite of items in all catalogs.</summary>
public abstract partial class ItemCatalogCompliance : IAsyncLifetime
{
    private SettableTime Time { get; } = new();

    private ICatalog Catalog { get; set; } = null!;

    private IItemCatalog Items => (IItemCatalog)Catalog;

    public virtual async Task InitializeAsync() => Catalog = await OpenAsync(Time);

    public virtual async Task DisposeAsync() => await Catalog.DisposeAsync();

    /// <summary>Opens the catalog of this test, which is an <see cref="IItemCatalog"/> too. A second call, after that catalog is closed, reopens its data.</summary>
    protected abstract Task<ICatalog> OpenAsync(TimeProvider time);

    /// <summary>Waits for a turn of the catalog's background work.</summary>
    protected virtual async Task BackgroundTurnAsync() => await Task.Yield();

    private async Task ReopenAsync()
    {
        await Catalog.DisposeAsync();
        Catalog = await OpenAsync(Time);
    }

    private static TableName Name(string text) => TableName.Parse(text).Value;

    private async Task<TableGeneration> CreateAsync(TableSettings? settings = null) =>
        (await Items.CreateTableAsync(Name("shop"), Rows.Model, Metric.L2, settings ?? Fields.Settings, default)).Generation;

    private async Task<Item> PutAsync(TableGeneration table, ItemPut put) => (await WriteAsync(table, put)).Item;

    private async Task<ItemWrite> WriteAsync(TableGeneration table, ItemPut put) =>
        Value(Value(await Items.PutItemsAsync(table, [put], searchable: true, default)).ShouldHaveSingleItem());

    private async Task<Result<ItemWrite>> PatchAsync(TableGeneration table, ItemPatch patch) =>
        await Items.PatchItemAsync(table, patch, searchable: true, default);

    private async Task<Item?> FindAsync(TableGeneration table, string key) => Value(await Items.FindItemAsync(table, new ItemReference(key, 0), null, default));

    private async Task<Item?> FindAsync(TableGeneration table, long id) => Value(await Items.FindItemAsync(table, new ItemReference(null, id), null, default));

    private async Task<IReadOnlyList<long>?> SelectAsync(TableGeneration table, Filter filter, int limit = 1000) =>
        Value(await Items.SelectIdsAsync(table, filter, limit, default));

    private Task<IReadOnlyList<long>> SelectWhenIndexedAsync(TableGeneration table, Filter filter) =>
        Indexes.SelectAsync(Items, table, filter, BackgroundTurnAsync);

    private static T Value<T>(Result<T> result)
    {
        result.Failure.ShouldBeNull();
        return result.Value!;
    }

    private static void ShouldFail<T>(Result<T> result, FailureCode code)
    {
        result.Failure.ShouldNotBeNull().Code.ShouldBe(code);
        result.Failure.Message.ShouldNotBeNullOrWhiteSpace();
    }
}
