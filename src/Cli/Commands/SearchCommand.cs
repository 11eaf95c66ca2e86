using System.CommandLine;
using System.Diagnostics;
using ImageSearch.Cli.Search;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch search PICTURE|URL --table T</c>.</summary>
internal sealed class SearchCommand
{
    private readonly Argument<string> _picture = new("picture") { Description = "A file of this machine, or a URL that the service fetches." };
    private readonly Option<int?> _limit = new("--limit") { Description = "How many hits, 1 to 1000. Default: 10." };
    private readonly Option<double?> _minScore = new("--min-score") { Description = "The smallest score of a hit, 0 to 1." };
    private readonly Option<string?> _filter = new("--filter") { Description = "Only items that match (docs/filters.md)." };
    private readonly Option<string?> _groupBy = new("--group-by") { Description = "product_id or an attribute: the best hit of each value." };
    private readonly Option<string?> _orderBy = new("--order-by") { Description = "score, then one field that orders hits of equal score." };
    private readonly Option<FileInfo?> _sheet = new("--sheet") { Description = "Write a page with the thumbnails of the hits (HTML) to this file." };
    private readonly Option<bool> _open = new("--open") { Description = "Write that page, to a temporary file without --sheet, and open it in the browser." };
    private readonly ThumbnailOption _thumbnails = new();

    public static Command Create(TimeProvider time) => new SearchCommand().Build(time);

    private Command Build(TimeProvider time)
    {
        var command = new Command("search", "Finds the items of a table that look like a picture.") { _picture, _limit, _minScore, _filter, _groupBy, _orderBy, _sheet, _open };
        _thumbnails.AddTo(command);
        var table = CommonOptions.AddTable(command);
        return ServiceCommand.Complete(command, time, (call, cancellation) => RunAsync(call, table(call.Parsed).Value, cancellation));
    }

    private async Task<int> RunAsync(ServiceCall call, string table, CancellationToken cancellationToken)
    {
        var picture = QueryPicture.Of(call.Parsed.GetValue(_picture)!);
        var query = new Client.Search.SearchQuery(picture.ToPicture())
        {
            Limit = call.Value(_limit),
            MinScore = call.Value(_minScore),
            Filter = call.Value(_filter),
            GroupBy = call.Value(_groupBy),
            OrderBy = call.Value(_orderBy),
        };
        var answer = await call.Client.Search.FindAsync(table, query, cancellationToken);
        var shows = _thumbnails.IsOn(call.Parsed, call.Output);
        var wantsPage = call.Value(_sheet) is not null || call.Value(_open);
        var entries = shows || wantsPage ? await Thumbnails.GetAsync(call.Client, table, answer.Hits, cancellationToken) : [];
        if (call.Output.AsJson) call.Output.Json(answer);
        else if (shows) HitText.Write(call.Output, entries);
        else HitText.WriteTable(call.Output, answer.Hits);
        foreach (var note in answer.Notes) call.Output.Note(note);
        if (!wantsPage) return ExitCode.Done;

        var page = call.Value(_sheet)?.FullName ?? Path.Combine(Directory.CreateTempSubdirectory("imagesearch-").FullName, "search.html");
        await ContactSheet.WriteAsync(page, table, picture, entries, cancellationToken);
        call.Output.Note($"the page is {page}");
        if (call.Value(_open) && call.Output.IsTerminal) OpenInBrowser(call.Output, page);
        return ExitCode.Done;
    }

    private static void OpenInBrowser(CommandOutput output, string page)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(page) { UseShellExecute = true });
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            output.Note("no browser could be started; open the page yourself");
        }
    }
}
