namespace ImageSearch.VectorIndex.Tests;

/// <summary>
/// Which share of the nearest rows searches gave, counted by distance, so that of equally near rows any will do. Whatever a search gives
/// must be true all the same: rows that are there, each once, in order, at their distances, and as many as there are.
/// </summary>
internal sealed class Recall
{
    private const double Tolerance = 2e-6;
    private long _wanted;
    private long _found;

    public double Share => _wanted == 0 ? 1 : (double)_found / _wanted;

    public void Count(NeighborIndex index, BruteForce oracle, float[] view, float[]? secondView, int topK, SearchOptions options)
    {
        index.Count.ShouldBe(oracle.Count);
        var room = new Hit[topK];
        Hit[] hits = room[..index.Search(view, secondView, room, options)];
        var all = oracle.Search(view, secondView, int.MaxValue, options.Filter);
        int wanted = Math.Min(topK, all.Length);

        hits.Length.ShouldBe(wanted, "as many hits as there are rows");
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

        _wanted += wanted;
        if (wanted > 0)
            _found += hits.Count(hit => hit.SquaredDistance <= all[wanted - 1].Distance + Tolerance);
    }
}
