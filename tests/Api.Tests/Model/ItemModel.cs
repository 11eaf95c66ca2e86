namespace ImageSearch.Api.Tests.Model;

/// <summary>A table in memory: what the service must hold and find.</summary>
internal sealed class ItemModel(IReadOnlyList<float[]> vectors)
{
    // Vectors are stored as float32 and compared by their inner product: distances differ from exact ones by less than this.
    private const double Tolerance = 1e-5;

    private readonly Dictionary<string, ModelItem> _items = new(StringComparer.Ordinal);

    public int Count => _items.Count;

    public IReadOnlyCollection<ModelItem> Items => _items.Values;

    public ModelItem? Find(string key) => _items.GetValueOrDefault(key);

    public void Put(ModelItem item) => _items[item.Key] = item;

    public bool Delete(string key) => _items.Remove(key);

    /// <summary>Fails unless the hits are the nearest of the items that a search may return.</summary>
    /// <param name="hits">Keys and distances, in the order of the answer.</param>
    /// <param name="query">What was searched by.</param>
    /// <param name="count">How many were requested.</param>
    /// <param name="allowed">The items that a search may return.</param>
    /// <param name="group">The group of an item, of which a search returns the nearest; null if every item is a hit of its own.</param>
    public void ShouldBeNearest(
        IReadOnlyList<(string Key, double Distance)> hits, float[] query, int count, Func<ModelItem, bool> allowed, Func<ModelItem, string?>? group = null)
    {
        var rest = Best(query, allowed, group);
        hits.Count.ShouldBe(Math.Min(count, rest.Count));
        var last = 0.0;
        foreach (var (key, distance) in hits)
        {
            var item = Find(key).ShouldNotBeNull();
            allowed(item).ShouldBeTrue(item.Fields);
            distance.ShouldBe(Distance(query, vectors[item.Picture]), Tolerance);
            distance.ShouldBeGreaterThanOrEqualTo(last - Tolerance);
            last = distance;
            var name = group is null ? key : group(item)!;
            rest.Remove(name, out var best).ShouldBeTrue($"{name} is there twice or not at all");
            distance.ShouldBe(best, Tolerance);
        }

        if (rest.Count > 0 && hits.Count > 0) rest.Values.Min().ShouldBeGreaterThanOrEqualTo(last - Tolerance);
    }

    // The least distance by key, or by group.
    private Dictionary<string, double> Best(float[] query, Func<ModelItem, bool> allowed, Func<ModelItem, string?>? group)
    {
        var best = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var item in _items.Values.Where(allowed))
        {
            if ((group is null ? item.Key : group(item)) is not { } name) continue;
            var distance = Distance(query, vectors[item.Picture]);
            if (!best.TryGetValue(name, out var least) || distance < least) best[name] = distance;
        }

        return best;
    }

    private static double Distance(float[] a, float[] b) => a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum();
}
