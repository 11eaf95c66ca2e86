using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>
/// Two neighboring blocks of 4 x 4 values as four rows of eight; the first four of a row are the left block's. The transforms are those of
/// RFC 6386, section 14.4.
/// </summary>
internal struct BlockPair
{
    /// <summary>Columns and rows of a block.</summary>
    internal const int Size = 4;

    // √2 · cos(π/8) and √2 · sin(π/8).
    private const float Cosine = 1.306562965f;
    private const float Sine = 0.541196100f;

    // The same in 65,536ths, less one for the cosine: the inverse is defined by them.
    private const int InverseCosine = 20_091;
    private const int InverseSine = 35_468;

    private Vector256<int> _row0;
    private Vector256<int> _row1;
    private Vector256<int> _row2;
    private Vector256<int> _row3;

    /// <summary>Whether all values of both blocks are 0.</summary>
    internal readonly bool IsZero => (_row0 | _row1 | _row2 | _row3) == Vector256<int>.Zero;

    /// <summary>The left block as coefficients.</summary>
    internal readonly CoefficientBlock Left => CoefficientBlock.Of(
        Vector128.Narrow(_row0.GetLower(), _row1.GetLower()), Vector128.Narrow(_row2.GetLower(), _row3.GetLower()));

    /// <summary>The right block as coefficients.</summary>
    internal readonly CoefficientBlock Right => CoefficientBlock.Of(
        Vector128.Narrow(_row0.GetUpper(), _row1.GetUpper()), Vector128.Narrow(_row2.GetUpper(), _row3.GetUpper()));

    /// <summary>Sets the first value of each block.</summary>
    internal void SetFirst(int left, int right) => _row0 = _row0.WithElement(0, left).WithElement(Size, right);

    /// <summary>Transforms what a prediction leaves, and quantizes the coefficients.</summary>
    /// <param name="source">The pixels of the first row; the others follow.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="prediction">Their prediction, with rows of <see cref="Prediction.Width"/> bytes.</param>
    /// <param name="steps">The steps of the coefficients of the first row, and of the others.</param>
    /// <param name="dcs">Receives the DCs of both blocks before quantization.</param>
    /// <returns>The coefficients in steps.</returns>
    internal static BlockPair Transform(
        ReadOnlySpan<byte> source,
        int stride,
        ReadOnlySpan<byte> prediction,
        in QuantizationSteps steps,
        out (float Left, float Right) dcs)
    {
        var a = Difference(source, prediction);
        var b = Difference(source[stride..], prediction[Prediction.Width..]);
        var c = Difference(source[(2 * stride)..], prediction[(2 * Prediction.Width)..]);
        var d = Difference(source[(3 * stride)..], prediction[(3 * Prediction.Width)..]);
        Transposition.Apply(ref a, ref b, ref c, ref d);
        Forward(ref a, ref b, ref c, ref d);
        Transposition.Apply(ref a, ref b, ref c, ref d);
        Forward(ref a, ref b, ref c, ref d);
        // The basis has the length 2 in both directions, and the inverse divides by 8.
        var first = a * 0.5f;
        dcs = (first[0], first[Size]);
        return new BlockPair
        {
            _row0 = steps.QuantizeFirst(first),
            _row1 = steps.Quantize(b * 0.5f),
            _row2 = steps.Quantize(c * 0.5f),
            _row3 = steps.Quantize(d * 0.5f),
        };
    }

    /// <summary>The coefficients that a decoder sees.</summary>
    internal readonly BlockPair Dequantize(in QuantizationSteps steps) => new()
    {
        _row0 = _row0 * steps.FirstSteps,
        _row1 = _row1 * steps.Steps,
        _row2 = _row2 * steps.Steps,
        _row3 = _row3 * steps.Steps,
    };

    /// <summary>Adds the inverse transform to pixels, exactly as a decoder does.</summary>
    /// <param name="pixels">The prediction of the first row; the others follow, each <see cref="Prediction.Width"/> bytes.</param>
    internal readonly void AddInverse(Span<byte> pixels)
    {
        var (a, b, c, d) = (_row0, _row1, _row2, _row3);
        Inverse(ref a, ref b, ref c, ref d);
        Transposition.Apply(ref a, ref b, ref c, ref d);
        a += Vector256.Create(4);
        Inverse(ref a, ref b, ref c, ref d);
        Transposition.Apply(ref a, ref b, ref c, ref d);
        Add(a, pixels);
        Add(b, pixels[Prediction.Width..]);
        Add(c, pixels[(2 * Prediction.Width)..]);
        Add(d, pixels[(3 * Prediction.Width)..]);
    }

    private static Vector256<float> Difference(ReadOnlySpan<byte> source, ReadOnlySpan<byte> prediction) =>
        Vector256.ConvertToSingle(Read(source) - Read(prediction));

    private static Vector256<int> Read(ReadOnlySpan<byte> row)
    {
        var bytes = Vector128.CreateScalarUnsafe(MemoryMarshal.Read<ulong>(row)).AsByte();
        if (Avx2.IsSupported) return Avx2.ConvertToVector256Int32(bytes);
        var shorts = Vector128.WidenLower(bytes);
        return Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts)).AsInt32();
    }

    private static void Add(Vector256<int> residual, Span<byte> row)
    {
        var sum = Vector256.Max(Read(row) + Vector256.ShiftRightArithmetic(residual, 3), Vector256<int>.Zero).AsUInt32();
        var shorts = Vector128.NarrowWithSaturation(sum.GetLower(), sum.GetUpper());
        MemoryMarshal.Write(row, Vector128.NarrowWithSaturation(shorts, shorts).AsUInt64().ToScalar());
    }

    private static void Forward(ref Vector256<float> a, ref Vector256<float> b, ref Vector256<float> c, ref Vector256<float> d)
    {
        var (outerSum, innerSum, innerDifference, outerDifference) = (a + d, b + c, b - c, a - d);
        a = outerSum + innerSum;
        b = (outerDifference * Cosine) + (innerDifference * Sine);
        c = outerSum - innerSum;
        d = (outerDifference * Sine) - (innerDifference * Cosine);
    }

    private static void Inverse(ref Vector256<int> a, ref Vector256<int> b, ref Vector256<int> c, ref Vector256<int> d)
    {
        var (sum, difference) = (a + c, a - c);
        var low = TimesSine(b) - TimesCosine(d);
        var high = TimesCosine(b) + TimesSine(d);
        a = sum + high;
        b = difference + low;
        c = difference - low;
        d = sum - high;
    }

    private static Vector256<int> TimesCosine(Vector256<int> values) => values + Vector256.ShiftRightArithmetic(values * InverseCosine, 16);

    private static Vector256<int> TimesSine(Vector256<int> values) => Vector256.ShiftRightArithmetic(values * InverseSine, 16);
}
