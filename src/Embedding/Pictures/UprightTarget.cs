namespace ImageSearch.Embedding.Pictures;

/// <summary>Maps rows of the scaled picture, in stored orientation, to the upright input of the network.</summary>
internal readonly record struct UprightTarget(Orientation Orientation, Placement Placement, int StoredWidth, int StoredHeight, int InputWidth)
{
    /// <summary>
    /// The input from the place of a row's first pixel, so that the row can be written without a copy; empty if rows or columns are
    /// reversed. Bytes after the row belong to rows and padding that are written later.
    /// </summary>
    internal Span<byte> InPlace(int left, int top, Span<byte> pixels) => Orientation.Exif == 1 ? pixels[At(left, top)..] : [];

    /// <summary>Copies one row to the input.</summary>
    /// <param name="row">Three bytes per pixel.</param>
    /// <param name="left">The column of its first pixel in the scaled picture.</param>
    /// <param name="top">Its row in the scaled picture.</param>
    /// <param name="pixels">The network's input.</param>
    internal void Place(ReadOnlySpan<byte> row, int left, int top, Span<byte> pixels)
    {
        var at = At(left, top);
        var step = At(left + 1, top) - at;
        if (step == 3)
        {
            row.CopyTo(pixels[at..]);
            return;
        }

        for (var from = 0; from < row.Length; from += 3, at += step) row.Slice(from, 3).CopyTo(pixels[at..]);
    }

    private int At(int storedX, int storedY)
    {
        var (x, y) = Orientation.ToSeen(storedX, storedY, StoredWidth, StoredHeight);
        return (((Placement.Top + y) * InputWidth) + Placement.Left + x) * 3;
    }
}
