using System.Globalization;
using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>A step of a random sequence of operations on items. The numbers are taken modulo what exists.</summary>
public sealed record ItemStep(ItemStepKind Kind, int Row, int Value, int Order);

public enum ItemStepKind
{
    Put,
    Skip,
    Patch,
    Rename,
    Delete,
    DeleteById,
    Add,
    Replace,
    ChangeAttributes,
    Configure,
    Reopen,
}

/// <summary>A model of a table's items in a dictionary. Each step is applied to both; then a list, a selection and all items are compared.</summary>
internal sealed class ItemModel
{
    private const int Keys = 8;

    private readonly Func<Task<ICatalog>> _open;
    private readonly SortedDictionary<long, ItemModelRow> _rows = [];
    private ICatalog _catalog;
    private TableGeneration _table;
    private long _lastId;

    private ItemModel(Func<Task<ICatalog>> open, ICatalog catalog) => (_open, _catalog) = (open, catalog);

    private IItemCatalog Items => (IItemCatalog)_catalog;

    public static async Task RunAsync(IEnumerable<ItemStep> steps, Func<Task<ICatalog>> open)
    {
        var model = new ItemModel(open, await open());
        try
        {
            model._table = (await model.Items.CreateTableAsync(TableName.Parse("shop").Value, Rows.Model, Metric.L2, Fields.Settings, default)).Generation;
            foreach (var step in steps)
            {
                await model.DoAsync(step);
                await model.CompareAsync(step);
            }
        }
        finally
        {
            await model._catalog.DisposeAsync();
        }
    }

    private async Task DoAsync(ItemStep step)
    {
        var key = (step.Row % Keys).ToString(CultureInfo.InvariantCulture);
        var row = ItemModelRow.Of(key, step.Value);
        var oldest = Oldest(key);
        var byId = 1 + (_lastId == 0 ? 0 : step.Row % _lastId);
        switch (step.Kind)
        {
            case ItemStepKind.Put or ItemStepKind.Skip:
                var rule = step.Kind == ItemStepKind.Skip ? KeyRule.Skip : KeyRule.Replace;
                var write = (await Items.PutItemsAsync(_table, [row.ToPut(rule)], true, default)).Value!.ShouldHaveSingleItem().Value!;
                if (oldest is { } there && rule == KeyRule.Skip) write.ShouldBe(new ItemWrite(Expected(there, write.Item), ItemEffect.Skipped));
                else Set(oldest ?? ++_lastId, row);
                break;
            case ItemStepKind.Patch:
                await PatchAsync(oldest, new ItemReference(key, 0), row.ToChanges(), there => there.Patched(row));
                break;
            case ItemStepKind.Rename:
                var name = row.Labels.Length == 0 ? null : $"{step.Value % Keys}";
                if (name is not null && name != key && Oldest(name) is not null) break;
                await PatchAsync(oldest, new ItemReference(key, 0), Fields.Set("key", new PictureTexts(Key: name)), there => there with { Key = name });
                break;
            case ItemStepKind.Delete:
                var deleted = await Items.DeleteItemAsync(_table, new ItemReference(key, 0), null, default);
                deleted.Failure?.Code.ShouldBe(FailureCode.ItemNotFound);
                (deleted.Value ?? []).Select(version => version.Id).ShouldBe(Remove(other => other.Value.Key == key));
                break;
            case ItemStepKind.DeleteById:
                (await _catalog.DeleteByIdsAsync(_table, [byId, byId + 1], default)).Value!.Select(version => version.Id)
                    .ShouldBe(Remove(other => other.Key == byId || other.Key == byId + 1));
                break;
            case ItemStepKind.Add:
                await _catalog.AddAsync(_table, Rows.Row(row.Texts), default);
                Set(++_lastId, row);
                break;
            case ItemStepKind.Replace:
                await _catalog.AddAsync(_table, Rows.Row(seed: 1, key, replace: true), default);
                if (oldest is null) Set(++_lastId, new ItemModelRow(key));
                break;
            case ItemStepKind.ChangeAttributes:
                await _catalog.ChangeAsync(_table, Rows.Change(byId, new PictureTexts { Attributes = row.Texts.Attributes }), default);
                if (row.Texts.Attributes is not null && _rows.TryGetValue(byId, out var changed))
                    _rows[byId] = row with { Key = changed.Key, Product = changed.Product };
                break;
            case ItemStepKind.Configure:
                var settings = step.Value % 2 == 0
                    ? Fields.Settings
                    : Fields.Settings with { Attributes = [.. Fields.Settings.Attributes.Select(attribute => attribute with { Indexed = false })] };
                (await Items.ConfigureAsync(_table, settings, Metric.L2, null, default)).Failure.ShouldBeNull();
                break;
            default:
                await _catalog.DisposeAsync();
                _catalog = await _open();
                break;
        }
    }

    private async Task PatchAsync(long? oldest, ItemReference reference, FieldChanges changes, Func<ItemModelRow, ItemModelRow> apply)
    {
        var patched = await Items.PatchItemAsync(_table, new ItemPatch(reference, changes), true, default);
        if (oldest is not { } id)
        {
            patched.Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.ItemNotFound);
            return;
        }

        patched.Failure.ShouldBeNull();
        Set(id, apply(_rows[id]));
    }

    private async Task CompareAsync(ItemStep step)
    {
        var all = (await Items.ReadItemsAsync(_table, [.. Enumerable.Range(1, (int)_lastId + 1).Select(id => (long)id)], default)).Value!;
        all.Select(item => (item.Id, item.Texts)).ShouldBe(_rows.Select(row => (row.Key, row.Value.Texts)), ignoreOrder: true);
        (await Items.CountRowsAsync(_table, default)).Value.ShouldBe(_rows.Count);

        var (filter, matches) = ItemModelFilters.All[step.Value % ItemModelFilters.All.Count];
        var wanted = _rows.Where(row => matches(row.Key, row.Value)).Select(row => row.Key).ToList();
        var selected = (await Items.SelectIdsAsync(_table, filter, 1000, default)).Value;
        if (selected is not null) wanted.Except(selected).ShouldBeEmpty($"{filter}");

        var (order, valueOf) = ItemModelOrders.All[step.Order % ItemModelOrders.All.Count];
        var descending = step.Order % 2 == 0;
        var useFilter = step.Row % 2 == 0;
        var sorted = ItemModelOrders.Sort(_rows, valueOf, descending).Where(id => !useFilter || wanted.Contains(id)).ToList();
        var listed = await ListAsync(order, descending, useFilter ? filter : null, 1 + (step.Row % 5));
        listed?.ShouldBe(sorted, $"{order} {descending} {filter}");
    }

    // Null while the order's index is not complete.
    private async Task<List<long>?> ListAsync(FilterField order, bool descending, Filter? filter, int count)
    {
        var ids = new List<long>();
        ItemPosition? after = null;
        do
        {
            var page = await Items.ListItemsAsync(_table, order, descending, filter, after, count, default);
            if (page.Failure is { Code: FailureCode.Busy or FailureCode.RequestInvalid } && order.Attribute is not null) return null;
            ids.AddRange(page.Value!.Items.Select(item => item.Id));
            after = page.Value.Next;
        }
        while (after is not null);

        return ids;
    }

    private Item Expected(long id, Item item) => item with { Id = id, Texts = _rows[id].Texts };

    private long? Oldest(string key) => _rows.Where(row => row.Value.Key == key).Select(row => (long?)row.Key).FirstOrDefault();

    private void Set(long id, ItemModelRow row) => _rows[id] = row;

    private List<long> Remove(Func<KeyValuePair<long, ItemModelRow>, bool> which)
    {
        var removed = _rows.Where(which).Select(row => row.Key).ToList();
        removed.ForEach(id => _rows.Remove(id));
        return removed;
    }
}
