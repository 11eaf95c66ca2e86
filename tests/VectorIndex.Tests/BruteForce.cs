namespace ImageSearch.VectorIndex.Tests;

/// <summary>What an index must answer, computed one row after another in double precision.</summary>
internal sealed class BruteForce
{
    private readonly SortedDictionary<long, (int Version, float[] Whole, float[]? MainObject)> _rows = [];

    public int Count => _rows.Count;

    public void Put(long id, int version, float[] whole, float[]? mainObject)
    {
        if (!_rows.TryGetValue(id, out var old) || old.Version <= version)
            _rows[id] = (version, whole, mainObject);
    }

    public void Remove(long id, int version)
    {
        if (_rows.TryGetValue(id, out var old) && old.Version <= version)
            _rows.Remove(id);
    }

    public (long Id, int Version, double Distance)[] Search(
        float[] view, float[]? secondView, int topK, RowFilter? filter = null) =>
        [.. _rows
            .Where(row => filter is null || filter.Allows(row.Key))
            .Select(row => (row.Key, row.Value.Version, Distance: Nearest(row.Value.Whole, row.Value.MainObject, view, secondView)))
            .OrderBy(hit => hit.Distance)
            .ThenBy(hit => hit.Key)
            .Take(topK)];

    public static double SquaredDistance(float[] a, float[] b) => a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum();

    private static double Nearest(float[] whole, float[]? mainObject, float[] view, float[]? secondView)
    {
        double least = double.MaxValue;
        foreach (float[]? vector in (float[]?[])[whole, mainObject])
        {
            foreach (float[]? query in (float[]?[])[view, secondView])
            {
                if (vector is not null && query is not null)
                    least = Math.Min(least, SquaredDistance(vector, query));
            }
        }

        return least;
    }
}
