using System.Numerics.Tensors;
using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex;

/// <summary>
/// Nearest neighbours among vectors of unit length. A row has an id, a version and one or two vectors, and is found by the better one.
/// Small indexes are scanned exactly; larger ones are searched by a graph, beside which rows that it does not hold yet are scanned: what
/// was put before a search began is looked at. All members may be called from many threads at a time: a search sees the rows of one moment,
/// at least all those whose <see cref="Put"/> ended before it began; it neither waits for puts and removes nor makes them wait.
/// </summary>
/// <remarks>
/// The index has no threads of its own. Whoever owns it calls <see cref="Maintain"/> from time to time.
/// </remarks>
public sealed partial class NeighborIndex : IDisposable
{
    // Rounding in float16 or in another library's normalisation stays far below; a vector that was never normalised does not.
    private const float UnitTolerance = 0.01f;

    private readonly IndexOptions _options;
    private readonly ExactVectors _vectors;
    private readonly RowStore _rows;
    private readonly int _codeStride;
    private NeighborGraph? _graph;

    /// <summary>An empty index in memory, which takes nothing for vectors before the first <see cref="Put"/>.</summary>
    /// <param name="dimension">Values in a vector, 1..65,536.</param>
    /// <param name="options">Null for the defaults.</param>
    public NeighborIndex(int dimension, IndexOptions? options = null)
        : this(CheckDimension(dimension), options, new ExactVectors(dimension, file: null))
    {
    }

    private NeighborIndex(int dimension, IndexOptions? options, ExactVectors vectors)
    {
        Dimension = dimension;
        _options = options ?? new IndexOptions();
        _codeStride = RowCode.StrideOf(dimension);
        _vectors = vectors;
        _rows = new RowStore(dimension, vectors);
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

    /// <summary>Frees the memory; searches that are under way end first, later calls throw.</summary>
    public void Dispose() => _rows.Dispose();

    private static int CheckDimension(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, 65_536);
        return dimension;
    }

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
