using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.IndexBench;

/// <summary>
/// A file of raw float32 vectors that is read in chunks into one buffer: memory use does not depend on the size of the file.
/// </summary>
internal sealed class VectorFile : IDisposable
{
    private const int ChunkBytes = 8 << 20;
    private readonly SafeFileHandle _file;
    private readonly float[] _buffer;

    private VectorFile(SafeFileHandle file, int dimension, int rows)
    {
        _file = file;
        Dimension = dimension;
        Rows = rows;
        _buffer = GC.AllocateUninitializedArray<float>(Math.Max(1, ChunkBytes / (dimension * sizeof(float))) * dimension, pinned: true);
    }

    public int Dimension { get; }

    /// <summary>Number of vectors to read, from the first on.</summary>
    public int Rows { get; }

    /// <summary>Number of vectors in a chunk; the last one may be shorter.</summary>
    public int RowsPerChunk => _buffer.Length / Dimension;

    public static VectorFile Open(FileInfo file, int dimension, int? rows)
    {
        long availableRows = RowsIn(file, dimension);
        if (rows > availableRows)
            throw new BenchException($"{file.FullName} has {availableRows:N0} vectors of {dimension} values; --n asks for {rows:N0}.");
        if (rows is null && availableRows > int.MaxValue)
            throw new BenchException($"{file.FullName} has {availableRows:N0} vectors, more than an index can hold; pass --n.");
        var handle = File.OpenHandle(file.FullName, options: FileOptions.SequentialScan);
        return new VectorFile(handle, dimension, rows ?? (int)availableRows);
    }

    public static float[][] ReadAll(FileInfo file, int dimension)
    {
        using VectorFile all = Open(file, dimension, rows: null);
        var vectors = new float[all.Rows][];
        for (int first = 0; first < all.Rows; first += all.RowsPerChunk)
        {
            ReadOnlySpan<float> chunk = all.Read(first);
            for (int i = 0; i < chunk.Length / dimension; i++)
                vectors[first + i] = chunk.Slice(i * dimension, dimension).ToArray();
        }

        return vectors;
    }

    /// <summary>Reads the chunk that starts with a row. It is valid until the next call.</summary>
    public ReadOnlyMemory<float> ReadMemory(int first)
    {
        int rows = Math.Min(RowsPerChunk, Rows - first);
        Memory<float> chunk = _buffer.AsMemory(0, rows * Dimension);
        Span<byte> bytes = MemoryMarshal.AsBytes(chunk.Span);
        long offset = (long)first * Dimension * sizeof(float);
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(_file, bytes, offset);
            if (read == 0)
                throw new BenchException("A vector file became shorter while it was read.");
            bytes = bytes[read..];
            offset += read;
        }

        return chunk;
    }

    public ReadOnlySpan<float> Read(int first) => ReadMemory(first).Span;

    public void Dispose() => _file.Dispose();

    private static long RowsIn(FileInfo file, int dimension)
    {
        long rowBytes = (long)dimension * sizeof(float);
        if (file.Length == 0 || file.Length % rowBytes != 0)
        {
            throw new BenchException(
                $"{file.FullName} has {file.Length:N0} bytes, not a positive multiple of a vector of {dimension} float32 values; check --dim.");
        }

        var first = new float[dimension];
        using (FileStream stream = file.OpenRead())
            stream.ReadExactly(MemoryMarshal.AsBytes(first.AsSpan()));
        float length = TensorPrimitives.Norm(first);
        if (!(MathF.Abs(length - 1) <= 0.005f))
        {
            throw new BenchException(
                $"The first vector of {file.FullName} has length {length}, not 1: the file contains other data, --dim is wrong, or it was not normalised.");
        }

        return file.Length / rowBytes;
    }
}
