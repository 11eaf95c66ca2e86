using System.CommandLine;
using System.Globalization;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch audit</c>.</summary>
internal static class AuditCommand
{
    private const int DefaultLimit = 20;

    public static Command Create(TimeProvider time)
    {
        var limit = new Option<int>("--limit") { Description = "How many; 0 for all.", DefaultValueFactory = _ => DefaultLimit };
        var command = new Command("audit", "Lists what was done to keys and tables and what was denied, newest first. It needs the service's token.") { limit };
        return ServiceCommand.Complete(command, time, async (call, cancellation) =>
        {
            var count = call.Value(limit);
            var entries = call.Client.Audit.ListAsync(cancellation);
            await WriteAsync(call.Output, count > 0 ? entries.Take(count) : entries);
            return ExitCode.Done;
        });
    }

    private static async Task WriteAsync(CommandOutput output, IAsyncEnumerable<Client.Audit.AuditEntry> entries)
    {
        var rows = new TextTable("time", "who", "action", "target", "outcome", "address", "detail");
        await foreach (var entry in entries)
        {
            if (output.AsJson) output.Json(entry);
            else rows.Add(
                entry.Time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture), entry.Who, entry.Action, entry.Target, entry.Outcome, entry.Address, entry.Detail);
        }

        if (!output.AsJson) rows.WriteTo(output);
    }
}
