using ImageSearch.Client;
using ImageSearch.Client.Problems;

namespace ImageSearch.Cli.Search;

/// <summary>Gets the thumbnails of hits.</summary>
internal static class Thumbnails
{
    private const int MaxConcurrent = 8;

    /// <summary>The hits with their thumbnails, in their order.</summary>
    public static async Task<IReadOnlyList<SheetEntry>> GetAsync(
        ImageSearchClient client, string table, IReadOnlyList<Client.Search.Hit> hits, CancellationToken cancellationToken)
    {
        var entries = new SheetEntry[hits.Count];
        await Parallel.ForAsync(
            0,
            hits.Count,
            new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrent, CancellationToken = cancellationToken },
            async (i, cancellation) => entries[i] = new SheetEntry(hits[i], await FindAsync(client, table, hits[i].Id, cancellation)));
        return entries;
    }

    private static async Task<Client.Items.PictureFile?> FindAsync(ImageSearchClient client, string table, long id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Items(table).GetThumbnailAsync(id, cancellationToken);
        }
        catch (ProblemException e) when (e.Code is ProblemCode.PictureNotKept or ProblemCode.ItemNotFound)
        {
            return null;
        }
    }
}
