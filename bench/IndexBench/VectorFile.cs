using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.IndexBench;

/// <summary>
/// A file of raw float32 vectors that is read in pieces into one room, so that a million vectors take no more memory than a few thousand.
/// </summary>
internal sealed class VectorFile : IDisposable
{
    private const int PieceBytes = 8 << 20;
    private readonly SafeFileHandle _file;
    private readonly float[] _room;

    private VectorFile(SafeFileHandle file, int dimension, int rows)
    {
        _file = file;
        Dimension = dimension;
        Rows = rows;
        _room = GC.AllocateUninitializedArray<float>(Math.Max(1, PieceBytes / (dimension * sizeof(float))) * dimension, pinned: true);
    }

    public int Dimension { get; }

    /// <summary>Vectors to be read, from the first on.</summary>
    public int Rows { get; }

    /// <summary>Vectors in a piece; the last one may be shorter.</summary>
    public int RowsPerPiece => _room.Length / Dimension;

    public static VectorFile Open(FileInfo file, int dimension, int? rows)
    {
        long rowsThere = RowsIn(file, dimension);
        if (rows > rowsThere)
            throw new BenchException($"{file.FullName} has {rowsThere:N0} vectors of {dimension} values; --n asks for {rows:N0}.");
        if (rows is null && rowsThere > int.MaxValue)
            throw new BenchException($"{file.FullName} has {rowsThere:N0} vectors, more than an index takes; give --n.");
        var handle = File.OpenHandle(file.FullName, options: FileOptions.SequentialScan);
        return new VectorFile(handle, dimension, rows ?? (int)rowsThere);
    }

    public static float[][] ReadAll(FileInfo file, int dimension)
    {
        using VectorFile all = Open(file, dimension, rows: null);
        var vectors = new float[all.Rows][];
        for (int first = 0; first < all.Rows; first += all.RowsPerPiece)
        {
            ReadOnlySpan<float> piece = all.Read(first);
            for (int i = 0; i < piece.Length / dimension; i++)
                vectors[first + i] = piece.Slice(i * dimension, dimension).ToArray();
        }

        return vectors;
    }

    /// <summary>The piece that starts with a row; stands until the next one is read.</summary>
    public ReadOnlyMemory<float> ReadMemory(int first)
    {
        int rows = Math.Min(RowsPerPiece, Rows - first);
        Memory<float> piece = _room.AsMemory(0, rows * Dimension);
        Span<byte> bytes = MemoryMarshal.AsBytes(piece.Span);
        long offset = (long)first * Dimension * sizeof(float);
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(_file, bytes, offset);
            if (read == 0)
                throw new BenchException("A file of vectors became shorter while it was read.");
            bytes = bytes[read..];
            offset += read;
        }

        return piece;
    }

    public ReadOnlySpan<float> Read(int first) => ReadMemory(first).Span;

    public void Dispose() => _file.Dispose();

    private static long RowsIn(FileInfo file, int dimension)
    {
        long rowBytes = (long)dimension * sizeof(float);
        if (file.Length == 0 || file.Length % rowBytes != 0)
        {
            throw new BenchException(
                $"{file.FullName} has {file.Length:N0} bytes, which is no number of vectors of {dimension} float32 values; check --dim.");
        }

        var first = new float[dimension];
        using (FileStream stream = file.OpenRead())
            stream.ReadExactly(MemoryMarshal.AsBytes(first.AsSpan()));
        float length = TensorPrimitives.Norm(first);
        if (!(MathF.Abs(length - 1) <= 0.005f))
        {
            throw new BenchException(
                $"The first vector of {file.FullName} has length {length}, not 1: it holds other data, --dim is wrong, or it was not normalised.");
        }

        return file.Length / rowBytes;
    }
}
