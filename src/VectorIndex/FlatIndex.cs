using System.Numerics.Tensors;

namespace ImageSearch.VectorIndex;

/// <summary>
/// Exact nearest neighbours among float32 vectors of unit length. A row has an id, a version and one or two vectors, and is found by the
/// better one. All members may be called from many threads at a time: a search sees the rows of one moment, at least all those whose
/// <see cref="Put"/> ended before it began; it neither waits for puts and removes nor makes them wait.
/// </summary>
public sealed unsafe class FlatIndex : IDisposable
{
    // Rounding in float16 or in another library's normalisation stays far below; a vector that was never normalised does not.
    private const float UnitTolerance = 0.01f;

    private readonly RowStore _rows;
    private readonly long _bytesPerThread;

    /// <summary>An empty index, which takes no memory for vectors before the first <see cref="Put"/>.</summary>
    /// <param name="dimension">Values in a vector, 1..65,536.</param>
    public FlatIndex(int dimension)
        : this(dimension, ParallelScan.DefaultBytesPerThread)
    {
    }

    internal FlatIndex(int dimension, long bytesPerThread)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, 65_536);
        Dimension = dimension;
        _rows = new RowStore(dimension);
        _bytesPerThread = bytesPerThread;
    }

    /// <summary>Values in a vector.</summary>
    public int Dimension { get; }

    /// <summary>Rows in the index.</summary>
    public int Count => _rows.Count;

    /// <summary>Stores a row; the same or an older version of it is replaced, a newer one stays.</summary>
    /// <param name="id">The row.</param>
    /// <param name="version">Its version.</param>
    /// <param name="whole">A vector of unit length.</param>
    /// <param name="mainObject">A second one, or empty.</param>
    /// <exception cref="ArgumentException">A vector has another dimension, is not of unit length or holds a value that is no number.</exception>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    public void Put(long id, int version, ReadOnlySpan<float> whole, ReadOnlySpan<float> mainObject = default)
    {
        Check(whole, nameof(whole));
        if (!mainObject.IsEmpty)
            Check(mainObject, nameof(mainObject));
        _rows.Put(id, version, whole, mainObject);
    }

    /// <summary>
    /// Forgets a row of this version or an older one; a newer one stays. Nothing is remembered of it: a put that comes after its row's
    /// removal stores the row again.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    public void Remove(long id, int version) => _rows.Remove(id, version);

    /// <summary>
    /// Finds the rows nearest to either view, each once, ascending by distance, then id. Which rows are the nearest is decided by inner
    /// product: among rows whose distances differ by less than its rounding, about 1e-6, either may be left out at the end of the list.
    /// Allocates nothing, except that a table large enough to be scanned by several threads costs their start, about 2 KB.
    /// </summary>
    /// <param name="view">A vector of unit length.</param>
    /// <param name="secondView">Another one, or empty.</param>
    /// <param name="destination">Receives the hits; its length is the number wanted (top-k).</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>How many hits there are; fewer than wanted only where the index has no more rows.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Put"/>.</exception>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    public int Search(
        ReadOnlySpan<float> view,
        ReadOnlySpan<float> secondView,
        Span<Hit> destination,
        CancellationToken cancellationToken = default)
    {
        Check(view, nameof(view));
        if (!secondView.IsEmpty)
            Check(secondView, nameof(secondView));

        Snapshot snapshot = _rows.OpenSnapshot();
        try
        {
            return destination.IsEmpty
                ? 0
                : FlatScan.Search(snapshot, view, secondView, destination, _bytesPerThread, cancellationToken);
        }
        finally
        {
            _rows.CloseSnapshot(snapshot);
        }
    }

    /// <summary>Frees the vectors' memory; searches that are under way end first, later calls throw.</summary>
    public void Dispose() => _rows.Dispose();

    private void Check(ReadOnlySpan<float> vector, string name)
    {
        if (vector.Length != Dimension)
            throw new ArgumentException($"The index holds vectors of {Dimension} values; this one has {vector.Length}.", name);

        // Selection by inner product gives the nearest only among vectors of one length. Written so that NaN fails it too.
        float squaredLength = TensorPrimitives.SumOfSquares(vector);
        if (!(MathF.Abs(squaredLength - 1f) <= UnitTolerance))
            throw new ArgumentException($"The vector must have unit length; the sum of its squares is {squaredLength}.", name);
    }
}
