using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Duplicates;

/// <summary>Finds the item of a table that a picture duplicates.</summary>
internal sealed class NearestDuplicate(ICatalog catalog, IItemCatalog items, IVectorStore vectors)
{
    private const int FirstCount = 16;
    private const int Growth = 4;
    private const int MaxCount = 16_384;

    // A store selects rows by inner product, with a rounding error of about 1e-6.
    private const float SelectionError = 4e-6f;

    /// <summary>Finds the nearest duplicate.</summary>
    /// <param name="table">The table.</param>
    /// <param name="candidate">The picture.</param>
    /// <param name="before">Pictures that are stored before it, and whose replaced items will be gone.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The item, or null.</returns>
    public async Task<FoundDuplicate?> FindAsync(
        TableRecord table, DuplicateCandidate candidate, IReadOnlyList<DuplicateCandidate> before, CancellationToken cancellationToken)
    {
        var maxFound = candidate.MaxSquaredDistance + vectors.DistanceError + SelectionError;
        var max = Math.Min(MaxCount, vectors.MaxTopK);
        for (var count = Math.Min(FirstCount, max); ; count = Math.Min(Growth * count, max))
        {
            var near = await vectors.SearchAsync(table.Generation, [candidate.Vector], count, null, cancellationToken);
            RowVersion[] close = [.. near.TakeWhile(hit => hit.SquaredDistance <= maxFound).Select(hit => hit.Row)];
            if (close.Length > 0 && await NearestAsync(table, candidate, before, close, cancellationToken) is { } found) return found;
            if (near.Count < count || close.Length < near.Count || count == max) return null;
        }
    }

    // The first one that is present, has its vector in the catalog, and is not about to be replaced.
    private async Task<FoundDuplicate?> NearestAsync(
        TableRecord table,
        DuplicateCandidate candidate,
        IReadOnlyList<DuplicateCandidate> before,
        RowVersion[] close,
        CancellationToken cancellationToken)
    {
        long[] ids = [.. close.Select(row => row.Id).Order()];
        var near = new List<(RowVersion Row, float Squared)>();
        await foreach (var read in catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, ids, cancellationToken))
        {
            foreach (var row in read.Vectors)
            {
                var squared = ExactDistance.Squared(row.Whole.Span, candidate.Vector.Span);
                if (squared <= candidate.MaxSquaredDistance) near.Add((row.Row, squared));
            }
        }

        if (near.Count == 0) return null;
        var present = (await items.ReadItemsAsync(table.Generation, [.. near.Select(row => row.Row.Id)], cancellationToken)).OrThrow()
            .ToDictionary(item => item.Id);
        foreach (var (row, squared) in near.OrderBy(row => row.Squared).ThenBy(row => row.Row.Id))
        {
            if (!present.TryGetValue(row.Id, out var item) || item.Version != row.Version || candidate.Replaces(item)) continue;
            if (before.Any(other => other.Replaces(item))) continue;
            return new FoundDuplicate(item, 1f - (squared / 4f));
        }

        return null;
    }
}
