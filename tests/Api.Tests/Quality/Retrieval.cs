namespace ImageSearch.Api.Tests.Quality;

/// <summary>Adds the gallery of a set, runs its queries and ranks the targets.</summary>
internal static class Retrieval
{
    private static readonly ParallelOptions Clients = new() { MaxDegreeOfParallelism = 8 };

    public static async Task<RetrievalFigures> RunAsync(IPictureApi api, RetrievalSet set)
    {
        await api.PrepareAsync(CancellationToken.None);
        await Parallel.ForEachAsync(
            set.Gallery,
            Clients,
            async (picture, cancellationToken) =>
                await api.AddAsync(picture.Id, await set.BytesAsync(picture.File, cancellationToken), cancellationToken));

        var ranks = new (string Transform, int Rank)[set.Queries.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, ranks.Length),
            Clients,
            async (at, cancellationToken) =>
            {
                var query = set.Queries[at];
                var hits = await api.SearchAsync(await set.BytesAsync(query.File, cancellationToken), cancellationToken);
                ranks[at] = (query.Transform, hits.ToList().IndexOf(query.Target) + 1);
            });
        return new RetrievalFigures(ranks);
    }
}
