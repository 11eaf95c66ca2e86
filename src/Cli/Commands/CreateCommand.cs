using System.CommandLine;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Tables;
using ImageSearch.Client;
using ImageSearch.Client.Problems;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch create --table T</c>.</summary>
internal static class CreateCommand
{
    public static Command Create(TimeProvider time)
    {
        var settings = new TableOptions();
        var update = new Option<bool>("--update")
        {
            Description = "Replace the settings of a table that exists; what is not given gets its default. Rows stay.",
        };
        var command = new Command("create", "Creates a table.") { update };
        var table = CommonOptions.AddTable(command);
        settings.AddTo(command);
        return ServiceCommand.Complete(command, time, async (call, cancellation) =>
        {
            var name = table(call.Parsed).Value;
            var created = await CreateAsync(call, name, settings.Read(call.Parsed), call.Value(update), cancellation);
            if (call.Output.AsJson) call.Output.Json(created);
            else call.Output.Line($"{created.Name}: {created.Metric.ToString().ToLowerInvariant()}, model {created.Model.Name}/{created.Model.Version}, {created.Attributes.Count} attributes");
            return ExitCode.Done;
        });
    }

    private static async Task<Client.Tables.Table> CreateAsync(
        ServiceCall call, string name, Client.Tables.TableSettings settings, bool replaces, CancellationToken cancellationToken)
    {
        try
        {
            return await call.Client.Tables.CreateAsync(name, settings, createOnly: !replaces, cancellationToken);
        }
        catch (ProblemException e) when (e.Code == ProblemCode.ConditionFailed)
        {
            throw new CommandException($"the table {name} exists; --update replaces its settings and keeps its rows");
        }
    }
}
