namespace ImageSearch.VectorIndex.Tests;

/// <summary>
/// Recall by distance: among rows of equal distance any counts as found. All hits must be valid nevertheless: existing rows, each once, in
/// order, with correct distances, and as many as there are rows.
/// </summary>
internal sealed class Recall
{
    private const double Tolerance = 2e-6;
    private long _expected;
    private long _found;

    public double Share => _expected == 0 ? 1 : (double)_found / _expected;

    public void Count(NeighborIndex index, BruteForce oracle, float[] query, float[]? secondQuery, int topK, SearchOptions options)
    {
        index.Count.ShouldBe(oracle.Count);
        var buffer = new Hit[topK];
        Hit[] hits = buffer[..index.Search(query, secondQuery, buffer, options)];
        var all = oracle.Search(query, secondQuery, int.MaxValue, options.Filter);
        int expected = Math.Min(topK, all.Length);

        hits.Length.ShouldBe(expected, "as many hits as there are rows");
        hits.Select(hit => hit.Id).ShouldBeUnique();
        hits.Select(hit => hit.Id).ShouldBe(
            hits.OrderBy(hit => hit.SquaredDistance).ThenBy(hit => hit.Id).Select(hit => hit.Id), "nearest first");
        var rows = all.ToDictionary(row => row.Id);
        foreach (Hit hit in hits)
        {
            rows.ShouldContainKey(hit.Id);
            hit.Version.ShouldBe(rows[hit.Id].Version);
            ((double)hit.SquaredDistance).ShouldBe(rows[hit.Id].Distance, Tolerance);
        }

        _expected += expected;
        if (expected > 0)
            _found += hits.Count(hit => hit.SquaredDistance <= all[expected - 1].Distance + Tolerance);
    }
}
