using System.CommandLine;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch drop --table T</c>.</summary>
internal static class DropCommand
{
    public static Command Create(TimeProvider time)
    {
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var command = new Command("drop", "Deletes a table with all its items, after its name is typed once more.") { yes };
        var table = CommonOptions.AddTable(command);
        return ServiceCommand.Complete(command, time, async (call, cancellation) =>
        {
            var name = table(call.Parsed).Value;
            var found = await call.Client.Tables.GetAsync(name, cancellation);
            if (!call.Value(yes)) Confirm(call.Output, $"{found.Rows} rows of table {name} at {call.Connection.Target} will be deleted.", name);
            await call.Client.Tables.DeleteAsync(name, cancellationToken: cancellation);
            if (call.Output.AsJson) call.Output.Json(new { Table = name, Dropped = true, found.Rows });
            else call.Output.Line($"dropped {name} with {found.Rows} rows");
            return ExitCode.Done;
        });
    }

    private static void Confirm(CommandOutput output, string warning, string name)
    {
        output.Note(warning);
        output.Error.Write("Type the name of the table to go on: ");
        if (Console.In.ReadLine()?.Trim() != name) throw new CommandException("the name was not typed, so nothing was deleted; --yes does not ask");
    }
}
