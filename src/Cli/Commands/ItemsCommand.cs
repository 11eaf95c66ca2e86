using System.CommandLine;
using System.Globalization;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Tables;
using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch items --table T</c>.</summary>
internal static class ItemsCommand
{
    private const int MaxItemsPerPage = 1000;
    private const int DefaultLimit = 20;

    public static Command Create(TimeProvider time)
    {
        var filter = new Option<string?>("--filter") { Description = "Only items that match (docs/filters.md)." };
        var order = new Option<string?>("--order-by") { Description = "id, created, modified, key, product_id or an indexed attribute, with \" desc\" for the greatest first." };
        var limit = new Option<int>("--limit") { Description = "How many; 0 for all.", DefaultValueFactory = _ => DefaultLimit };
        var command = new Command("items", "Lists items of a table.") { filter, order, limit };
        var table = CommonOptions.AddTable(command);
        return ServiceCommand.Complete(command, time, async (call, cancellation) =>
        {
            var count = call.Value(limit);
            var query = new Client.Items.ItemListQuery
            {
                Filter = call.Value(filter),
                OrderBy = call.Value(order),
                PageSize = count is > 0 and < MaxItemsPerPage ? count : MaxItemsPerPage,
            };
            var items = call.Client.Items(table(call.Parsed).Value).ListAsync(query, cancellation);
            await new TextTable("id", "key", "product", "path", "tags", "attributes", "modified").WriteAsync(
                call.Output,
                count > 0 ? items.Take(count) : items,
                item =>
                [
                    item.Id.ToString(CultureInfo.InvariantCulture), item.Key, item.ProductId, item.Url ?? item.Path, item.Tags, ItemText.Attributes(item),
                    UtcText.Of(item.Modified),
                ]);
            return ExitCode.Done;
        });
    }
}
