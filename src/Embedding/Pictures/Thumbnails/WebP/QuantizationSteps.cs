using System.Runtime.Intrinsics;

namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>Divides the coefficients of a pair of blocks by their steps.</summary>
internal readonly struct QuantizationSteps
{
    private readonly Vector256<float> _first;
    private readonly Vector256<float> _others;

    /// <param name="dc">The step of the DC; 0 if it is coded elsewhere.</param>
    /// <param name="ac">The step of the others.</param>
    internal QuantizationSteps(int dc, int ac)
    {
        FirstSteps = Vector256.Create(dc, ac, ac, ac, dc, ac, ac, ac);
        Steps = Vector256.Create(ac);
        var (perDc, perAc) = (dc == 0 ? 0 : 1f / dc, 1f / ac);
        _first = Vector256.Create(perDc, perAc, perAc, perAc, perDc, perAc, perAc, perAc);
        _others = Vector256.Create(perAc);
    }

    /// <summary>The steps of the first row of coefficients.</summary>
    internal Vector256<int> FirstSteps { get; }

    /// <summary>The steps of the other rows.</summary>
    internal Vector256<int> Steps { get; }

    /// <summary>Coefficients of the first row in steps.</summary>
    internal Vector256<int> QuantizeFirst(Vector256<float> coefficients) => Cut(coefficients * _first);

    /// <summary>Coefficients of another row in steps.</summary>
    internal Vector256<int> Quantize(Vector256<float> coefficients) => Cut(coefficients * _others);

    private static Vector256<int> Cut(Vector256<float> steps)
    {
        // Toward zero, which keeps the sign.
        var rounding = Vector256.Create(Quantizer.Rounding) | (steps & Vector256.Create(-0f));
        return Vector256.ConvertToInt32(steps + rounding);
    }
}
