using System.CommandLine;
using System.Globalization;
using ImageSearch.Cli.Bench;
using ImageSearch.Cli.Search;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch bench --table T</c>.</summary>
internal sealed class BenchCommand
{
    private const int MaxSeconds = 300;
    private const int MaxClients = 64;
    private const int MaxPictures = 1000;

    private readonly Argument<string?> _pictures = new("pictures")
    {
        Description = "A picture, or a folder of them, to search by. Without it the items of the table are, whose vectors the service has.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int> _seconds = new("--seconds") { Description = $"How long each load lasts, 1 to {MaxSeconds}.", DefaultValueFactory = _ => 10 };
    private readonly Option<int> _clients = new("--clients") { Description = $"How many calls are open at a time, 1 to {MaxClients}.", DefaultValueFactory = _ => 4 };
    private readonly Option<bool> _write = new("--write") { Description = "Also add the pictures, to a table that the command makes and drops." };

    public static Command Create(TimeProvider time) => new BenchCommand().Build(time);

    private Command Build(TimeProvider time)
    {
        var command = new Command("bench", "Measures searches of a table, and adds with --write: calls per second, p50 and p99.") { _pictures, _seconds, _clients, _write };
        Bound(_seconds, MaxSeconds);
        Bound(_clients, MaxClients);
        var table = CommonOptions.AddTable(command);
        return ServiceCommand.Complete(command, time, (call, cancellation) => RunAsync(call, table(call.Parsed).Value, cancellation));
    }

    private async Task<int> RunAsync(ServiceCall call, string table, CancellationToken cancellationToken)
    {
        var pictures = call.Parsed.GetValue(_pictures) is { } path ? Pictures(path) : [];
        if (call.Value(_write) && pictures.Count == 0) throw new CommandException("--write needs pictures: name a folder of them");
        var load = new LoadRun(call.Value(_clients), TimeSpan.FromSeconds(call.Value(_seconds)), call.Time);
        var examples = pictures.Count > 0
            ? pictures.Select(picture => Client.Search.Example.OfPicture(picture)).ToList()
            : await ItemsAsync(call, table, cancellationToken);
        var results = new List<LoadResult>
        {
            await load.RunAsync(
                pictures.Count > 0 ? "search by pictures" : "search by items",
                (i, cancellation) => call.Client.Search.FindAsync(table, new Client.Search.SearchQuery([examples[(int)(i % examples.Count)]]), cancellation),
                cancellationToken),
        };
        if (call.Value(_write)) results.Add(await WriteAsync(call, load, pictures, cancellationToken));
        Write(call.Output, results);
        return results.Any(result => result.Failed > 0) ? ExitCode.RowsRefused : ExitCode.Done;
    }

    private static async Task<List<Client.Search.Example>> ItemsAsync(ServiceCall call, string table, CancellationToken cancellationToken)
    {
        var query = new Client.Items.ItemListQuery { PageSize = MaxPictures, Fields = ["id"] };
        var examples = await call.Client.Items(table).ListAsync(query, cancellationToken).Take(MaxPictures)
            .Select(item => Client.Search.Example.OfItem(item.Id)).ToListAsync(cancellationToken);
        return examples.Count > 0 ? examples : throw new CommandException($"the table {table} is empty; name a folder of pictures to search by");
    }

    private static async Task<LoadResult> WriteAsync(
        ServiceCall call, LoadRun load, List<Client.Items.Picture> pictures, CancellationToken cancellationToken)
    {
        var table = $"bench_{Guid.NewGuid():N}"[..20];
        await call.Client.Tables.CreateAsync(table, createOnly: true, cancellationToken: cancellationToken);
        try
        {
            return await load.RunAsync(
                "add",
                (i, cancellation) => call.Client.Items(table).PutAsync(
                    i.ToString(CultureInfo.InvariantCulture), new Client.Items.NewItem(pictures[(int)(i % pictures.Count)]), cancellationToken: cancellation),
                cancellationToken);
        }
        finally
        {
            // Also after Ctrl+C: the table is the command's own.
            await call.Client.Tables.DeleteAsync(table, cancellationToken: CancellationToken.None);
        }
    }

    private static List<Client.Items.Picture> Pictures(string path)
    {
        var files = Directory.Exists(path)
            ? Directory.EnumerateFiles(path).Where(file => PictureTypes.OfFile(file) is not null).Order(StringComparer.Ordinal).Take(MaxPictures).ToList()
            : [QueryPicture.Of(path).File ?? throw new CommandException("name a file or a folder: a URL would measure its server")];
        if (files.Count == 0) throw new CommandException($"there is no picture in '{path}'");
        return [.. files.Select(file => Client.Items.Picture.FromFile(file))];
    }

    private static void Write(CommandOutput output, List<LoadResult> results)
    {
        var rows = new TextTable("load", "clients", "calls", "failed", "per second", "p50 ms", "p99 ms");
        foreach (var result in results)
        {
            if (output.AsJson) output.Json(result);
            else rows.Add(result.Name, Text(result.Clients), Text(result.Calls), Text(result.Failed), Text(result.PerSecond), Text(result.P50Ms), Text(result.P99Ms));
        }

        if (!output.AsJson) rows.WriteTo(output);
    }

    private static string? Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);

    private static void Bound(Option<int> option, int max) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= max))
            result.AddError($"{option.Name} is \"{token.Value}\", but must be a whole number from 1 to {max}.");
    });
}
