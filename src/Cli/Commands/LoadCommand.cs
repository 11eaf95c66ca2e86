using System.CommandLine;
using ImageSearch.Cli.Service;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch load --table T</c>.</summary>
internal static class LoadCommand
{
    public static Command Create(TimeProvider time)
    {
        var command = new Command("load", "Indexes the rows of a table that wait for the index, and waits until searches find them.");
        var table = CommonOptions.AddTable(command);
        return ServiceCommand.Complete(command, time, async (call, cancellation) =>
        {
            var name = table(call.Parsed).Value;
            await call.Client.Tables.LoadAsync(name, cancellation);
            var found = await call.Client.Tables.GetAsync(name, cancellation);
            if (call.Output.AsJson) call.Output.Json(new { Table = name, found.Rows, found.Searchable });
            else call.Output.Line($"{name}: {found.Searchable} of {found.Rows} rows are searchable");
            return ExitCode.Done;
        });
    }
}
