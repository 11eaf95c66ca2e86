using System.Diagnostics;
using ImageSearch.VectorIndex;

namespace ImageSearch.IndexBench;

/// <summary>Maps rows of the base file to ids of the index: deleted rows are put again under new ids.</summary>
internal sealed class IndexRows(VectorFile vectors)
{
    private const ulong ChurnSeed = 77;
    private const ulong UpdateSeed = 78;
    private bool _isChurned;
    private RowSample _churned = new(0, ChurnSeed);
    private readonly RowSample _updated = new(1.0 / 3, UpdateSeed);

    /// <summary>The row of the file that an id refers to.</summary>
    public int RowOf(long id) => (int)((id - 1) % vectors.Rows);

    public RowFilter FilterOf(RowSample sample)
    {
        var ids = new List<long>((int)(1.02 * sample.Share * vectors.Rows) + 64);
        for (int row = 0; row < vectors.Rows; row++)
        {
            if (sample.Contains(row))
                ids.Add(IdOf(row));
        }

        return new RowFilter(ids);
    }

    /// <summary>Puts all rows.</summary>
    /// <returns>Seconds spent in the index.</returns>
    public double PutAll(NeighborIndex index, CancellationToken cancellationToken) =>
        ForEach((_, _) => true, (row, vector) => index.Put(IdOf(row), 1, vector), cancellationToken);

    /// <summary>Deletes two thirds of a random share of the rows; <see cref="Replace"/> updates the other third.</summary>
    public (int Rows, double Seconds) Remove(NeighborIndex index, double share)
    {
        _churned = new RowSample(share, ChurnSeed);
        int removed = 0;
        long start = Stopwatch.GetTimestamp();
        for (int row = 0; row < vectors.Rows; row++)
        {
            if (!_churned.Contains(row) || _updated.Contains(row))
                continue;
            index.Remove(IdOf(row), 1);
            removed++;
        }

        return (removed, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Puts the deleted rows under new ids and updates the remaining third, with the same vectors.</summary>
    public (int Rows, double Seconds) Replace(NeighborIndex index, CancellationToken cancellationToken)
    {
        _isChurned = true;
        int put = 0;
        double seconds = ForEach((row, churned) => churned.Contains(row), PutRow, cancellationToken);
        return (put, seconds);

        void PutRow(int row, ReadOnlySpan<float> vector)
        {
            index.Put(IdOf(row), 2, vector);
            put++;
        }
    }

    private long IdOf(int row) =>
        1L + row + (_isChurned && _churned.Contains(row) && !_updated.Contains(row) ? vectors.Rows : 0);

    private double ForEach(Func<int, RowSample, bool> isSelected, VectorAction action, CancellationToken cancellationToken)
    {
        double seconds = 0;
        for (int first = 0; first < vectors.Rows; first += vectors.RowsPerChunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<float> chunk = vectors.Read(first);
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < chunk.Length / vectors.Dimension; i++)
            {
                if (isSelected(first + i, _churned))
                    action(first + i, chunk.Slice(i * vectors.Dimension, vectors.Dimension));
            }

            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }

    private delegate void VectorAction(int row, ReadOnlySpan<float> vector);
}
