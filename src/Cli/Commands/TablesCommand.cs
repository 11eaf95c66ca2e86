using System.CommandLine;
using System.Globalization;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch tables</c>.</summary>
internal static class TablesCommand
{
    public static Command Create(TimeProvider time) =>
        ServiceCommand.Complete(new Command("tables", "Lists the tables of a service with their sizes."), time, RunAsync);

    private static async Task<int> RunAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        await new TextTable("table", "rows", "searchable", "state", "metric", "model", "disk MB").WriteAsync(
            call.Output,
            call.Client.Tables.ListAsync(withSizes: true, cancellationToken),
            table =>
            [
                table.Name, Number(table.Rows), Number(table.Searchable), Word(table.State), Word(table.Metric), $"{table.Model.Name}/{table.Model.Version}",
                Number(table.DiskBytes >> 20),
            ]);
        return ExitCode.Done;
    }

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Word<T>(T? word)
        where T : struct, Enum =>
        word?.ToString().ToLowerInvariant();

    private static string? Word<T>(T word)
        where T : struct, Enum =>
        Word((T?)word);
}
