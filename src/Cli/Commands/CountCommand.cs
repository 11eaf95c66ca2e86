using System.CommandLine;
using System.Globalization;
using ImageSearch.Cli.Service;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch count --table T</c>.</summary>
internal static class CountCommand
{
    private const int ItemsPerPage = 1000;

    private static readonly string[] IdAlone = ["id"];

    public static Command Create(TimeProvider time)
    {
        var filter = new Option<string?>("--filter") { Description = "Count only items that match (docs/filters.md). All their ids are read." };
        var command = new Command("count", "Prints the number of rows of a table.") { filter };
        var table = CommonOptions.AddTable(command);
        return ServiceCommand.Complete(command, time, async (call, cancellation) =>
        {
            var name = table(call.Parsed).Value;
            if (call.Value(filter) is { } condition)
            {
                var query = new Client.Items.ItemListQuery { Filter = condition, Fields = IdAlone, PageSize = ItemsPerPage };
                Write(call, name, await call.Client.Items(name).ListAsync(query, cancellation).LongCountAsync(cancellation), null);
            }
            else
            {
                var found = await call.Client.Tables.GetAsync(name, cancellation);
                Write(call, name, found.Rows ?? 0, found.Searchable);
            }

            return ExitCode.Done;
        });
    }

    private static void Write(ServiceCall call, string table, long rows, long? searchable)
    {
        if (call.Output.AsJson) call.Output.Json(new { Table = table, Rows = rows, Searchable = searchable });
        else call.Output.Line(rows.ToString(CultureInfo.InvariantCulture));
        if (!call.Output.AsJson && searchable < rows) call.Output.Note($"{rows - searchable} rows wait for the index; \"imagesearch load\" waits for them");
    }
}
