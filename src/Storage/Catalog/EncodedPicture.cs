namespace ImageSearch.Storage.Catalog;

/// <summary>A picture to add, with its vectors as columns.</summary>
/// <param name="Position">Its position in the caller's list.</param>
/// <param name="Texts">The shop's texts.</param>
/// <param name="Vectors">The columns of its vectors.</param>
/// <param name="ReplacedKey">Replaces the oldest row with this key, if there is one; null always adds a row.</param>
internal sealed record EncodedPicture(int Position, PictureTexts Texts, EncodedVectors Vectors, string? ReplacedKey)
{
    /// <exception cref="ArgumentException">A vector is not of unit length.</exception>
    public static EncodedPicture From(NewPicture picture, bool searchable, int position = 0) => new(
        position, picture.Texts, EncodedVectors.From(picture.Vectors, searchable), picture.ReplaceSameKey ? picture.Texts.Key : null);
}
