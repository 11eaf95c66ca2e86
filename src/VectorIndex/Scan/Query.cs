namespace ImageSearch.VectorIndex;

/// <summary>One or two views, padded as rows are. Whoever makes one keeps their memory in place.</summary>
internal readonly unsafe struct Query(float* view, float* secondView, int stride)
{
    private readonly float* _view = view;
    private readonly float* _secondView = secondView;
    private readonly int _stride = stride;

    /// <summary>The greatest inner product of a view with a vector; the same bits whenever it is computed.</summary>
    public float Score(float* vector) => _secondView == null
        ? DotProduct.Of(_view, vector, _stride)
        : DotProduct.GreaterOf(_view, _secondView, vector, _stride);

    /// <summary>The least squared distance of a view to a vector.</summary>
    public float Distance(float* vector)
    {
        float distance = SquaredDistance.Of(_view, vector, _stride);
        return _secondView == null ? distance : MathF.Min(distance, SquaredDistance.Of(_secondView, vector, _stride));
    }
}
