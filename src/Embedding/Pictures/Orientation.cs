namespace ImageSearch.Embedding.Pictures;

/// <summary>An EXIF orientation: how a stored picture is mirrored and turned to be seen upright.</summary>
/// <param name="Exif">1..8, 1 for as stored.</param>
internal readonly record struct Orientation(int Exif)
{
    /// <summary>Whether columns become rows.</summary>
    internal bool SwapsAxes => Exif >= 5;

    private bool FlipsStoredX => Exif is 2 or 3 or 7 or 8;

    private bool FlipsStoredY => Exif is 3 or 4 or 6 or 7;

    /// <summary>Where a box of the picture as seen lies in the stored one.</summary>
    /// <param name="seen">The box.</param>
    /// <param name="storedWidth">Columns of the stored picture.</param>
    /// <param name="storedHeight">Rows of the stored picture.</param>
    internal PixelBox ToStored(PixelBox seen, int storedWidth, int storedHeight)
    {
        var box = SwapsAxes ? new PixelBox(seen.Top, seen.Left, seen.Bottom, seen.Right) : seen;
        return new PixelBox(
            FlipsStoredX ? storedWidth - box.Right : box.Left,
            FlipsStoredY ? storedHeight - box.Bottom : box.Top,
            FlipsStoredX ? storedWidth - box.Left : box.Right,
            FlipsStoredY ? storedHeight - box.Top : box.Bottom);
    }

    /// <summary>Where a stored pixel is seen.</summary>
    internal (int X, int Y) ToSeen(int storedX, int storedY, int storedWidth, int storedHeight)
    {
        var x = FlipsStoredX ? storedWidth - 1 - storedX : storedX;
        var y = FlipsStoredY ? storedHeight - 1 - storedY : storedY;
        return SwapsAxes ? (y, x) : (x, y);
    }
}
