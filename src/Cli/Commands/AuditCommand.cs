using System.CommandLine;
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
            await new TextTable("time", "who", "action", "target", "outcome", "address", "detail").WriteAsync(
                call.Output,
                count > 0 ? entries.Take(count) : entries,
                entry => [UtcText.Of(entry.Time), entry.Who, entry.Action, entry.Target, entry.Outcome, entry.Address, entry.Detail]);
            return ExitCode.Done;
        });
    }
}
