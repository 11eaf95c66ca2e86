using ImageSearch.Client;
using ImageSearch.Client.Search;
using ImageSearch.Pages.Searching.Inputs;
using ImageSearch.Pages.Searching.Results;

namespace ImageSearch.Pages.Searching;

/// <summary>Runs searches of the page.</summary>
/// <param name="client">Calls the service as the session.</param>
/// <param name="time">Measures the calls.</param>
internal sealed class ItemSearch(ImageSearchClient client, TimeProvider time)
{
    /// <summary>The first page of a search.</summary>
    public Task<FoundHits> FindAsync(string table, SearchSubject subject, SearchOptions options, CancellationToken cancellationToken) =>
        FindAsync(new FoundHits(table, subject, options, [], null, null, default), cancellationToken);

    /// <summary>A search with its next page.</summary>
    public Task<FoundHits> FindMoreAsync(FoundHits found, CancellationToken cancellationToken) => FindAsync(found, cancellationToken);

    private async Task<FoundHits> FindAsync(FoundHits found, CancellationToken cancellationToken)
    {
        var options = found.Options;
        var query = new SearchQuery(await found.Subject.ToExamplesAsync(cancellationToken))
        {
            Limit = options.Limit,
            MinScore = options.MinScore,
            GroupBy = options.GroupBy,
            Filter = options.Filter,
            Cursor = found.NextCursor,
            Detect = options.Detect && found.Subject.IsByPicture,
            MainObject = found.Subject.IsByPicture ? options.MainObject : null,
            Explain = true,
        };
        var began = time.GetTimestamp();
        var answer = await client.Search.FindAsync(found.Table, query, cancellationToken);
        var detected = answer.Detected is [var picture, ..] ? picture : null;
        return found with
        {
            Hits = [.. found.Hits, .. answer.Hits],
            NextCursor = answer.NextCursor,
            Plan = answer.Explain,
            Total = time.GetElapsedTime(began),
            AspectRatio = detected is { Width: > 0, Height: > 0 } ? (double)detected.Width / detected.Height : found.AspectRatio,
            MainObject = RegionBox.Of(detected?.MainObject),
        };
    }
}
