using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Duplicates;

/// <summary>Compares all pairs of each group.</summary>
internal sealed class GroupScores(ICatalog catalog, TableRecord table, SearchPace pace)
{
    // 2 KB a row with vectors of 512 values.
    private const int RowsPerRead = DuplicateItems.MaxItems;

    /// <summary>Adds the scores. Rows that were changed or removed are left out, and groups of which one row is left.</summary>
    public async Task<DuplicateGroups> AddAsync(DuplicateGroups groups, CancellationToken cancellationToken)
    {
        var scored = new List<DuplicateGroup>(groups.Kept.Count);
        for (var i = 0; i < groups.Kept.Count;)
        {
            var (next, count) = (i, 0);
            do count += groups.Kept[next++].Rows.Count;
            while (next < groups.Kept.Count && count + groups.Kept[next].Rows.Count <= RowsPerRead);
            var vectors = await ReadAsync(groups.Kept.Skip(i).Take(next - i).SelectMany(group => group.Rows), cancellationToken);
            for (; i < next; i++)
            {
                if (Score(groups.Kept[i], vectors) is { } group) scored.Add(group);
                await pace.RestAsync(cancellationToken);
            }
        }

        return groups.Ordered(scored);
    }

    private static DuplicateGroup? Score(DuplicateGroup group, Dictionary<RowVersion, ReadOnlyMemory<float>> vectors)
    {
        RowVersion[] rows = [.. group.Rows.Where(vectors.ContainsKey)];
        if (rows.Length < 2) return null;
        var (nearest, farthest) = (float.MaxValue, 0f);
        for (var i = 1; i < rows.Length; i++)
        {
            var vector = vectors[rows[i]];
            for (var j = 0; j < i; j++)
            {
                var squared = ExactDistance.Squared(vector.Span, vectors[rows[j]].Span);
                (nearest, farthest) = (Math.Min(nearest, squared), Math.Max(farthest, squared));
            }
        }

        return new DuplicateGroup(rows, group.Count - (group.Rows.Count - rows.Length), ScoreOf(farthest), ScoreOf(nearest));
    }

    private static float ScoreOf(float squaredDistance) => 1f - (squaredDistance / 4f);

    private async Task<Dictionary<RowVersion, ReadOnlyMemory<float>>> ReadAsync(IEnumerable<RowVersion> rows, CancellationToken cancellationToken)
    {
        var vectors = new Dictionary<RowVersion, ReadOnlyMemory<float>>();
        long[] ids = [.. rows.Select(row => row.Id).Order()];
        await foreach (var read in catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, ids, cancellationToken))
        {
            foreach (var row in read.Vectors) vectors[row.Row] = row.Whole;
        }

        return vectors;
    }
}
