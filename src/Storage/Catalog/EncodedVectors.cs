namespace ImageSearch.Storage.Catalog;

/// <summary>
/// The columns of a row's vectors: the features as text, and the <c>upload_status</c> that goes with them. Encoded on the caller's
/// thread, not the writer's. Also the columns of the pictures that are kept with them.
/// </summary>
internal sealed record EncodedVectors(int Dimension, string Whole, string? MainObject, bool Searchable)
{
    /// <summary>What is kept of the picture, in the order of <see cref="PictureKind"/>.</summary>
    public IReadOnlyList<EncodedKept> Kept { get; init; } = [];

    public static EncodedVectors From(PictureVectors vectors, bool searchable)
    {
        var (whole, mainObject) = (vectors.Whole, vectors.MainObject);
        if (mainObject is { } view && view.Length != whole.Length)
            throw new ArgumentException("Both views of a picture must have vectors of the same length.", nameof(vectors));
        return new EncodedVectors(
            whole.Length, FeatureText.Write(whole.Span), mainObject is { } second ? FeatureText.Write(second.Span) : null, searchable)
        {
            Kept = EncodedKept.From(vectors.Kept),
        };
    }
}
