using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>Waits for indexes of attributes, which are built in the background.</summary>
internal static class Indexes
{
    /// <summary>The ids that a filter selects, ascending, once its indexes are complete. The test runner ends a hang.</summary>
    public static async Task<IReadOnlyList<long>> SelectAsync(IItemCatalog catalog, TableGeneration table, Filter filter, Func<Task>? turn = null)
    {
        while (true)
        {
            var selected = await catalog.SelectIdsAsync(table, filter, 10_000, default);
            selected.Failure.ShouldBeNull();
            if (selected.Value is { } ids) return [.. ids.Order()];
            if (turn is null) await Task.Yield();
            else await turn();
        }
    }
}
