namespace ImageSearch.VectorIndex.Tests;

/// <summary>The expected results of an index, computed row by row in double precision.</summary>
internal sealed class BruteForce
{
    private readonly SortedDictionary<long, (int Version, float[] Vector, float[]? SecondVector)> _rows = [];

    public int Count => _rows.Count;

    public void Put(long id, int version, float[] vector, float[]? secondVector)
    {
        if (!_rows.TryGetValue(id, out var old) || old.Version <= version)
            _rows[id] = (version, vector, secondVector);
    }

    public void Remove(long id, int version)
    {
        if (_rows.TryGetValue(id, out var old) && old.Version <= version)
            _rows.Remove(id);
    }

    public (long Id, int Version, double Distance)[] Search(
        float[] query, float[]? secondQuery, int topK, RowFilter? filter = null) =>
        [.. _rows
            .Where(row => filter is null || filter.Allows(row.Key))
            .Select(row => (row.Key, row.Value.Version, Distance: MinDistance(row.Value.Vector, row.Value.SecondVector, query, secondQuery)))
            .OrderBy(hit => hit.Distance)
            .ThenBy(hit => hit.Key)
            .Take(topK)];

    public static double SquaredDistance(float[] a, float[] b) => a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum();

    private static double MinDistance(float[] firstVector, float[]? secondVector, float[] firstQuery, float[]? secondQuery)
    {
        double min = double.MaxValue;
        foreach (float[]? vector in (float[]?[])[firstVector, secondVector])
        {
            foreach (float[]? query in (float[]?[])[firstQuery, secondQuery])
            {
                if (vector is not null && query is not null)
                    min = Math.Min(min, SquaredDistance(vector, query));
            }
        }

        return min;
    }
}
