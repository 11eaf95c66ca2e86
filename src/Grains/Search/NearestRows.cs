using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Search;

/// <summary>The rows of a table by distance to a query, then by id: the order of hits, which does not depend on how many are read.</summary>
/// <param name="vectors">The store.</param>
/// <param name="table">The table.</param>
/// <param name="views">The query.</param>
/// <param name="allowed">The rows to read; null for all.</param>
/// <param name="margin">How many times as many rows the store is asked for: a graph misses fewer of the first rows of a long list.</param>
internal sealed class NearestRows(
    IVectorStore vectors, TableGeneration table, IReadOnlyList<ReadOnlyMemory<float>> views, AllowedRows? allowed, int margin)
{
    // A store selects rows by inner product, with a rounding error of about 1e-6.
    private const float SelectionError = 4e-6f;

    // The distances of the rows that are returned and of those that are not may each be wrong, in opposite directions.
    private readonly float _tolerance = SelectionError + (2 * vectors.DistanceError);

    // Of more rows at one distance than this, any are returned: so many copies of a picture need no order.
    private const int MaxTies = 16_384;

    /// <summary>The last read returned all rows.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>The greatest depth; the store has no more hits.</summary>
    public int MaxDepth => allowed is null ? vectors.MaxTopK : int.MaxValue;

    /// <summary>Reads the nearest rows.</summary>
    /// <param name="depth">
    /// Number of rows. Fewer may be returned: of rows at the greatest distance the store may lack some, so their order is not known.
    /// </param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<IReadOnlyList<VectorHit>> ReadAsync(int depth, CancellationToken cancellationToken)
    {
        var asked = (int)Math.Min((long)depth * margin, MaxDepth);
        var near = await vectors.SearchAsync(table, views, asked, allowed, cancellationToken);
        // A store with a limit counts vectors, of which a row has one or two, and rows that this process has replaced: it may return fewer
        // rows than it has, but not less than a quarter of the limit.
        IsExhausted = near.Count < asked && near.Count < MaxDepth / 4;
        if (IsExhausted || depth >= Math.Min(MaxTies, MaxDepth)) return near;
        var horizon = near[^1].SquaredDistance - _tolerance;
        var certain = Math.Min(depth, near.Count);
        while (certain > 0 && near[certain - 1].SquaredDistance > horizon) certain--;
        return near is List<VectorHit> list ? list.GetRange(0, certain) : [.. near.Take(certain)];
    }
}
