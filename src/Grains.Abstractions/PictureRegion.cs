namespace ImageSearch;

/// <summary>A part of a picture. The origin is the upper left corner of the picture as displayed, with its EXIF orientation applied.</summary>
/// <param name="X1">The left edge.</param>
/// <param name="Y1">The upper edge.</param>
/// <param name="X2">The right edge, greater than <paramref name="X1"/>.</param>
/// <param name="Y2">The lower edge, greater than <paramref name="Y1"/>.</param>
/// <param name="IsShare">True: edges are shares of the picture's width and height, 0..1. False: pixels.</param>
[GenerateSerializer, Immutable]
public sealed record PictureRegion(double X1, double Y1, double X2, double Y2, bool IsShare)
{
    /// <summary>Minimum width and height, in pixels.</summary>
    public const int MinSide = 8;

    /// <summary>Checks everything that does not depend on the picture.</summary>
    /// <returns>Null, or why the region can't be part of any picture.</returns>
    public Failure? Check()
    {
        foreach (var (name, value) in (ReadOnlySpan<(string, double)>)[(nameof(X1), X1), (nameof(Y1), Y1), (nameof(X2), X2), (nameof(Y2), Y2)])
        {
            if (!double.IsFinite(value) || value < 0 || (IsShare && value > 1))
                return Invalid(name, value, IsShare ? "a share must be 0..1" : "a pixel must be a finite number from 0");
        }

        if (X2 <= X1) return Invalid(nameof(X2), X2, string.Create(null, $"it must be greater than x1, which is {X1}"));
        return Y2 <= Y1 ? Invalid(nameof(Y2), Y2, string.Create(null, $"it must be greater than y1, which is {Y1}")) : null;
    }

    /// <summary>Checks the region in a picture of this size.</summary>
    /// <param name="width">Columns of the upright picture.</param>
    /// <param name="height">Rows of the upright picture.</param>
    /// <returns>Null, or why it is not a part of the picture.</returns>
    public Failure? Check(int width, int height)
    {
        if (Check() is { } invalid) return invalid;
        var (unitX, unitY) = IsShare ? ((double)width, (double)height) : (1, 1);
        var size = string.Create(null, $"the picture is {width} x {height} pixels");
        if (X2 * unitX > width) return Invalid(nameof(X2), X2, size);
        if (Y2 * unitY > height) return Invalid(nameof(Y2), Y2, size);
        var (columns, rows) = ((X2 - X1) * unitX, (Y2 - Y1) * unitY);
        return columns < MinSide || rows < MinSide
            ? new Failure(
                FailureCode.RequestInvalid,
                string.Create(null, $"region is {columns:0.##} x {rows:0.##} pixels, must be at least {MinSide} x {MinSide}; {size}"))
            : null;
    }

    private static Failure Invalid(string edge, double value, string why) =>
        new(FailureCode.RequestInvalid, string.Create(null, $"region: {edge.ToLowerInvariant()} is {value}, {why}"));
}
