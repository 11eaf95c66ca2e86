using System.CommandLine;
using System.Globalization;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Tables;
using ImageSearch.Cli.Terminal;
using ImageSearch.Client.Duplicates;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch duplicates --table T</c>.</summary>
internal sealed class DuplicatesCommand
{
    private const int DefaultLimit = 20;

    private readonly Option<double?> _minScore = new("--min-score") { Description = "The least score of two pictures that are duplicates, 0.9 to 1. Default: 0.97." };
    private readonly Option<int> _limit = new("--limit") { Description = "How many groups, the largest first; 0 for all.", DefaultValueFactory = _ => DefaultLimit };

    public static Command Create(TimeProvider time) => new DuplicatesCommand().Build(time);

    private Command Build(TimeProvider time)
    {
        var command = new Command("duplicates", "Finds groups of items whose pictures are the same or almost.") { _minScore, _limit };
        var table = CommonOptions.AddTable(command);
        return ServiceCommand.Complete(
            command, time, (call, cancellation) => RunAsync(call, table(call.Parsed).Value, cancellation),
            "interrupted; the search goes on in the service, and the same command waits for it again");
    }

    private async Task<int> RunAsync(ServiceCall call, string table, CancellationToken cancellationToken)
    {
        var (duplicates, minScore) = (call.Client.Duplicates(table), call.Value(_minScore));
        var search = await WorkProgress.ShowAsync(
            $"duplicates {table}",
            call.Output.Error,
            call.Time,
            async progress => await Polling.UntilEndAsync(
                await duplicates.StartAsync(minScore, cancellationToken),
                search => search.State is Client.Duplicates.DuplicateSearchState.Waiting or Client.Duplicates.DuplicateSearchState.Running,
                duplicates.GetSearchAsync,
                search => progress.Report(new WorkState(search.Done, search.Rows > 0 ? (double)search.Done / search.Rows : 1)),
                call.Time,
                cancellationToken));
        if (search.State != Client.Duplicates.DuplicateSearchState.Finished)
            throw new CommandException($"the search ended as {ServiceWord.Of(search.State)}: {search.Fault ?? "a client cancelled it"}; run the command again");

        var groups = duplicates.ListAsync(minScore, cancellationToken);
        await WriteAsync(call.Output, call.Value(_limit) is > 0 and var limit ? groups.Take(limit) : groups);
        call.Output.Note(FormattableString.Invariant($"{search.Groups} groups with {search.Items} of {search.Rows} items"));
        return ExitCode.Done;
    }

    private static async Task WriteAsync(CommandOutput output, IAsyncEnumerable<DuplicateGroup> groups)
    {
        var rows = new TextTable("group", "items", "lowest", "highest", "id", "key", "path");
        var number = 0;
        await foreach (var group in groups)
        {
            if (output.AsJson) output.Json(group);
            number++;
            foreach (var item in group.Items)
            {
                rows.Add(
                    Text(number), Text(group.Count), Score(group.LowestScore), Score(group.HighestScore), Text(item.Id), item.Key, item.Url ?? item.Path);
            }
        }

        if (!output.AsJson) rows.WriteTo(output);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Score(double score) => score.ToString("0.0000", CultureInfo.InvariantCulture);
}
