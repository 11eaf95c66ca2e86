using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ImageSearch.VectorIndex.Kernels;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Codes;

/// <summary>
/// Sketches of one bit per value (RaBitQ, Gao and Long, arXiv 2405.12497): the signs of a vector after it is centred and rotated. An inner
/// product with a sketch has a known standard deviation, about 0.01 for 1,280 values, and reads an eighth of the memory that a code takes.
/// A sketch is stored as its terms followed by its bits, in whole cache lines.
/// </summary>
/// <remarks>
/// The rotation is a Hadamard transform after random changes of sign. On 100,000 × 1,280 vectors after a ReLU the standard deviation is
/// 0.0106, with a random orthogonal matrix 0.0105, without a rotation 0.0147.
/// </remarks>
internal sealed unsafe class SketchSpace
{
    private const int CacheLine = 64;
    private const int MaxSampledRows = 16_384;

    private readonly int _dimension;
    private readonly float[] _centre;
    private readonly float[] _signs;
    private readonly float _squaredCentre;

    private SketchSpace(int dimension, float[] centre)
    {
        _dimension = dimension;
        _centre = centre;
        _signs = new float[centre.Length];
        _squaredCentre = TensorPrimitives.SumOfSquares(centre);
        float scale = 1 / MathF.Sqrt(HadamardTransform.SpreadOf(centre.Length));
        ulong state = 1;
        for (int i = 0; i < _signs.Length; i++)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            _signs[i] = state >> 63 == 0 ? scale : -scale;
        }
    }

    /// <summary>Number of 64-bit words of a sketch.</summary>
    public int Words => _centre.Length / 64;

    /// <summary>Bytes from one sketch to the next.</summary>
    public static int StrideOf(int dimension) =>
        (sizeof(SketchTerms) + (RowCode.StrideOf(dimension) / 8) + CacheLine - 1) / CacheLine * CacheLine;

    /// <summary>Centres the space at the mean of rows, of which the slots are a sample.</summary>
    public static SketchSpace Around(Block* blocks, int slotCount, int dimension)
    {
        var centre = new float[RowCode.StrideOf(dimension)];
        var row = new float[centre.Length];
        int step = Math.Max(1, slotCount / MaxSampledRows);
        int rows = 0;
        for (int slot = 0; slot < slotCount; slot += step, rows++)
        {
            Decode(blocks, slot, row);
            TensorPrimitives.Add(centre, row, centre);
        }

        TensorPrimitives.Divide(centre, Math.Max(1, rows), centre);
        centre.AsSpan(dimension).Clear();
        return new SketchSpace(dimension, centre);
    }

    /// <summary>Decodes, centres and rotates a slot's vector.</summary>
    /// <returns>The inner product of the centred vector and the centre.</returns>
    public float Rotate(Block* blocks, int slot, Span<float> buffer)
    {
        Decode(blocks, slot, buffer);
        buffer[_dimension..].Clear();
        return Rotate(buffer);
    }

    /// <summary>Centres and rotates a vector.</summary>
    public float Rotate(ReadOnlySpan<float> vector, Span<float> buffer)
    {
        vector.CopyTo(buffer);
        buffer[vector.Length..].Clear();
        return Rotate(buffer);
    }

    /// <summary>Writes the sketch of a rotated vector.</summary>
    public void Write(ReadOnlySpan<float> rotated, float offset, byte* sketch)
    {
        byte* bits = sketch + sizeof(SketchTerms);
        ReadOnlySpan<Vector256<float>> vectors = MemoryMarshal.Cast<float, Vector256<float>>(rotated);
        Vector256<float> squares = default, magnitudes = default;
        int ones = 0;
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector256<float> values = vectors[i];
            squares += values * values;
            magnitudes += Vector256.Abs(values);
            uint signs = Vector256.GreaterThan(values, default).ExtractMostSignificantBits();
            bits[i] = (byte)signs;
            ones += BitOperations.PopCount(signs);
        }

        float squaredLength = Vector256.Sum(squares);
        float dot = Vector256.Sum(magnitudes);
        // All zeros, a row at the centre: the estimate is the offset, without error.
        float factor = dot > 0 ? squaredLength / dot : 0;
        float error = MathF.Sqrt(MathF.Max(0, (factor * factor) - (squaredLength / rotated.Length)));
        *(SketchTerms*)sketch = new SketchTerms(factor, offset + _squaredCentre, error, ones);
    }

    private static void Decode(Block* blocks, int slot, Span<float> buffer)
    {
        Block* block = blocks + (slot >> Block.SlotBits);
        int index = slot & Block.SlotMask;
        ref CodeTerms terms = ref block->Terms[index];
        sbyte* code = block->Codes + ((nint)index * buffer.Length);
        var scale = Vector256.Create(terms.Scale);
        var offset = Vector256.Create(terms.Offset);
        for (int i = 0; i < buffer.Length; i += 16)
        {
            (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.Load(code + i));
            Write(low, buffer[i..]);
            Write(high, buffer[(i + 8)..]);
        }

        void Write(Vector128<short> values, Span<float> destination)
        {
            (Vector128<int> low, Vector128<int> high) = Vector128.Widen(values);
            ((Vector256.ConvertToSingle(Vector256.Create(low, high)) * scale) + offset).CopyTo(destination);
        }
    }

    private float Rotate(Span<float> values)
    {
        TensorPrimitives.Subtract(values, _centre, values);
        float offset = TensorPrimitives.Dot(values, _centre);
        TensorPrimitives.Multiply(values, _signs, values);
        HadamardTransform.Apply(values);
        return offset;
    }
}
