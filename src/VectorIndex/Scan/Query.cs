using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Scan;

/// <summary>
/// One or two query vectors, quantized for estimates and in float32 for exact distances. The creator must keep their memory pinned.
/// </summary>
internal readonly unsafe struct Query(in QueryCode code, float* first, in QueryCode secondCode, float* second, int stride)
{
    private readonly QueryCode _code = code;
    private readonly QueryCode _secondCode = secondCode;
    private readonly float* _vector = first;
    private readonly float* _secondVector = second;

    public bool HasSecond => _secondVector != null;

    public QueryCode Code => _code;

    public QueryCode SecondCode => _secondCode;

    public ReadOnlySpan<float> Vector(int dimension) => new(_vector, dimension);

    public ReadOnlySpan<float> SecondVector(int dimension) => new(_secondVector, dimension);

    /// <summary>
    /// The error of an estimate from quantizing the query; the row's error is in its terms. The length of a decoded row is below 1.1.
    /// </summary>
    public float Error => 1.1f * MathF.Max(_code.Error, _secondCode.Error);

    /// <summary>The greatest inner product of a query vector and a decoded row. Reproducible to the bit.</summary>
    public float Estimate(sbyte* rowCode, in CodeTerms terms)
    {
        float score = _code.Score(rowCode, terms);
        return _secondVector == null ? score : MathF.Max(score, _secondCode.Score(rowCode, terms));
    }

    /// <summary>The greatest inner product of a query vector and a vector.</summary>
    public float Score(float* vector) => _secondVector == null
        ? DotProduct.Of(_vector, vector, stride)
        : DotProduct.GreaterOf(_vector, _secondVector, vector, stride);

    /// <summary>The smallest squared distance of a query vector to a vector.</summary>
    public float Distance(float* vector)
    {
        float distance = SquaredDistance.Of(_vector, vector, stride);
        return _secondVector == null ? distance : MathF.Min(distance, SquaredDistance.Of(_secondVector, vector, stride));
    }
}
