using System.Collections;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Duplicates;

/// <summary>Connects a row with its duplicates, and knows which rows need no comparison of their own after it.</summary>
internal sealed class NearRows(ICatalog catalog, IVectorStore vectors, TableRecord table, TableRows rows, float minScore)
{
    /// <summary>The nearest rows that are asked for first. Only a row with as many duplicates is asked for again.</summary>
    public const int FirstCount = 16;

    private const int Growth = 4;

    // A row with more duplicates than this is connected to the nearest; the others find it or one of those.
    private const int MaxCount = 16_384;

    // A store selects rows by inner product, with a rounding error of about 1e-6.
    private const float SelectionError = 4e-6f;

    private readonly BitArray _complete = new(rows.Count);
    private readonly float _maxSquared = DuplicateScore.MaxSquaredDistance(minScore);
    private readonly float _maxFound = DuplicateScore.MaxSquaredDistance(minScore) + vectors.DistanceError + SelectionError;

    /// <summary>Whether all duplicates of a row are known to be connected to it.</summary>
    public bool IsComplete(int number) => _complete[number];

    /// <summary>Connects a row with its duplicates.</summary>
    /// <param name="connected">Receives the connections.</param>
    /// <param name="number">The row.</param>
    /// <param name="vector">Its vector.</param>
    /// <param name="near">The <see cref="FirstCount"/> rows nearest to it.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    public async Task ConnectAsync(
        ConnectedRows connected, int number, ReadOnlyMemory<float> vector, IReadOnlyList<VectorHit> near, CancellationToken cancellationToken)
    {
        var max = Math.Min(MaxCount, vectors.MaxTopK);
        var asked = FirstCount;
        while (near.Count == asked && near[^1].SquaredDistance <= _maxFound && asked < max)
        {
            asked = Math.Min(Growth * asked, max);
            near = await vectors.SearchAsync(table.Generation, [vector], asked, null, cancellationToken);
        }

        var duplicates = await ReadDuplicatesAsync(connected, number, vector, near, cancellationToken);
        if (duplicates.Count == 0) return;
        foreach (var (other, _) in duplicates) connected.Connect(number, other);
        Complete(connected, number, near, isAll: near.Count < asked && asked < max, duplicates);
    }

    // The store's distance is that of the nearer view of a row and may be rounded; the whole pictures decide.
    private async Task<List<(int Number, float Squared)>> ReadDuplicatesAsync(
        ConnectedRows connected, int number, ReadOnlyMemory<float> vector, IReadOnlyList<VectorHit> near, CancellationToken cancellationToken)
    {
        var ids = new List<long>();
        foreach (var hit in near)
        {
            if (hit.SquaredDistance > _maxFound) break;
            if (rows.Find(hit.Row) is >= 0 and var other && !connected.AreConnected(number, other)) ids.Add(hit.Row.Id);
        }

        var duplicates = new List<(int, float)>();
        if (ids.Count == 0) return duplicates;
        ids.Sort();
        await foreach (var read in catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, ids, cancellationToken))
        {
            foreach (var row in read.Vectors)
            {
                var squared = ExactDistance.Squared(row.Whole.Span, vector.Span);
                if (squared <= _maxSquared && rows.Find(row.Row) is >= 0 and var other) duplicates.Add((other, squared));
            }
        }

        return duplicates;
    }

    // By the triangle inequality all duplicates of a row at distance d are at most d plus the greatest distance of duplicates away from this
    // row. If all rows up to there are connected already, the other row finds no new ones. So a picture with thousands of near copies does
    // not become thousands of searches for thousands of rows.
    private void Complete(
        ConnectedRows connected, int number, IReadOnlyList<VectorHit> near, bool isAll, List<(int Number, float Squared)> duplicates)
    {
        var horizon = isAll ? float.MaxValue : Root(near[^1].SquaredDistance);
        foreach (var hit in near)
        {
            if (rows.Find(hit.Row) is not (>= 0 and var other) || connected.AreConnected(number, other)) continue;
            horizon = Math.Min(horizon, Root(hit.SquaredDistance));
            break;
        }

        var reach = Root(_maxFound);
        foreach (var (other, squared) in duplicates)
        {
            if (Root(squared + SelectionError) + reach < horizon) _complete[other] = true;
        }
    }

    private static float Root(float squared) => MathF.Sqrt(Math.Max(0, squared));
}
