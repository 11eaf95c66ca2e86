namespace ImageSearch.Embedding.Pictures;

/// <summary>The types of picture that can be decoded.</summary>
internal enum PictureType
{
    Jpeg,
    Png,
    WebP,
    Gif,
    Tiff,
    Avif,
}
