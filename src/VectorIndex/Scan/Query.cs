using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Scan;

/// <summary>One or two views of a picture, coded for estimates and in float32 for exact distances. Whoever makes one keeps their memory in
/// place.</summary>
internal readonly unsafe struct Query(in QueryCode code, float* view, in QueryCode secondCode, float* secondView, int stride)
{
    private readonly QueryCode _code = code;
    private readonly QueryCode _secondCode = secondCode;
    private readonly float* _view = view;
    private readonly float* _secondView = secondView;

    public bool HasSecondView => _secondView != null;

    public QueryCode Code => _code;

    public QueryCode SecondCode => _secondCode;

    /// <summary>What an estimate may be off for the query's own rounding; the row's is in its terms. Codes are hardly longer than 1.</summary>
    public float Error => 1.1f * MathF.Max(_code.Error, _secondCode.Error);

    /// <summary>The greatest inner product of a view with what a code stands for; the same bits whenever it is computed.</summary>
    public float Estimate(sbyte* rowCode, in CodeTerms terms)
    {
        float score = _code.Score(rowCode, terms);
        return _secondView == null ? score : MathF.Max(score, _secondCode.Score(rowCode, terms));
    }

    /// <summary>The greatest inner product of a view with a vector.</summary>
    public float Score(float* vector) => _secondView == null
        ? DotProduct.Of(_view, vector, stride)
        : DotProduct.GreaterOf(_view, _secondView, vector, stride);

    /// <summary>The least squared distance of a view to a vector.</summary>
    public float Distance(float* vector)
    {
        float distance = SquaredDistance.Of(_view, vector, stride);
        return _secondView == null ? distance : MathF.Min(distance, SquaredDistance.Of(_secondView, vector, stride));
    }
}
