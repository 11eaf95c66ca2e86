using System.Numerics.Tensors;
using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex;

/// <summary>
/// Nearest-neighbour search among vectors of unit length. A row has an id, a version and one or two vectors; the nearer one counts.
/// Small indexes are scanned exactly. Larger ones are searched by a graph, and rows that are not in the graph yet are scanned, so a search
/// sees every <see cref="Put"/> that returned before it started. All members are thread-safe. A search sees a consistent snapshot of the
/// rows; it does not wait for puts and removes and does not block them.
/// </summary>
/// <remarks>
/// The index has no threads of its own. The owner must call <see cref="Maintain"/> regularly.
/// </remarks>
public sealed partial class NeighborIndex : IDisposable
{
    // Far above the rounding of float16 or of another library's normalisation, far below a vector that was not normalised.
    private const float UnitTolerance = 0.01f;

    private readonly IndexOptions _options;
    private readonly ExactVectors _vectors;
    private readonly RowStore _rows;
    private readonly int _codeStride;
    private NeighborGraph? _graph;

    /// <summary>Creates an empty index in memory. It allocates no memory for vectors before the first <see cref="Put"/>.</summary>
    /// <param name="dimension">Number of values in a vector, 1 to 65,536.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension or an option is out of range.</exception>
    public NeighborIndex(int dimension, IndexOptions? options = null)
        : this(CheckDimension(dimension), options, new ExactVectors(dimension, file: null))
    {
    }

    private NeighborIndex(int dimension, IndexOptions? options, ExactVectors vectors)
    {
        Dimension = dimension;
        _options = (options ?? new IndexOptions()).Validate();
        _codeStride = RowCode.StrideOf(dimension);
        _vectors = vectors;
        _rows = new RowStore(dimension, vectors);
    }

    /// <summary>Number of values in a vector.</summary>
    public int Dimension { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row or replaces the same or an older version of it. Has no effect if the index has a newer version.</summary>
    /// <param name="id">The id of the row.</param>
    /// <param name="version">Its version.</param>
    /// <param name="vector">A vector of unit length.</param>
    /// <param name="secondVector">A second vector of the row, or empty.</param>
    /// <exception cref="ArgumentException">A vector has the wrong dimension, does not have unit length or contains NaN.</exception>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    public void Put(long id, int version, ReadOnlySpan<float> vector, ReadOnlySpan<float> secondVector = default)
    {
        Check(vector, nameof(vector));
        if (!secondVector.IsEmpty)
            Check(secondVector, nameof(secondVector));
        _rows.Put(id, version, vector, secondVector);
    }

    /// <summary>
    /// Removes a row if its version is this one or older. The index does not remember the removal: a later put of any version adds the row
    /// again.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    public void Remove(long id, int version) => _rows.Remove(id, version);

    /// <summary>Frees the memory once running searches have ended; later calls throw <see cref="ObjectDisposedException"/>.</summary>
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
            throw new ArgumentException($"The index has vectors of {Dimension} values; this one has {vector.Length}.", name);

        // The greatest inner product is the nearest vector only among vectors of equal length. The negated comparison also rejects NaN.
        float squaredLength = TensorPrimitives.SumOfSquares(vector);
        if (!(MathF.Abs(squaredLength - 1f) <= UnitTolerance))
            throw new ArgumentException($"The vector must have unit length; the sum of its squares is {squaredLength}.", name);
    }
}
