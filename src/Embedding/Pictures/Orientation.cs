namespace ImageSearch.Embedding.Pictures;

/// <summary>An EXIF orientation: how a stored picture is mirrored and rotated for display.</summary>
/// <param name="Exif">1..8; 1 means as stored.</param>
internal readonly record struct Orientation(int Exif)
{
    /// <summary>Whether columns become rows.</summary>
    internal bool SwapsAxes => Exif >= 5;

    private bool FlipsStoredX => Exif is 2 or 3 or 7 or 8;

    private bool FlipsStoredY => Exif is 3 or 4 or 6 or 7;

    /// <summary>Maps a box of the displayed picture to the stored picture.</summary>
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

    /// <summary>Maps a stored pixel to the displayed picture.</summary>
    internal (int X, int Y) ToSeen(int storedX, int storedY, int storedWidth, int storedHeight)
    {
        var x = FlipsStoredX ? storedWidth - 1 - storedX : storedX;
        var y = FlipsStoredY ? storedHeight - 1 - storedY : storedY;
        return SwapsAxes ? (y, x) : (x, y);
    }
}
