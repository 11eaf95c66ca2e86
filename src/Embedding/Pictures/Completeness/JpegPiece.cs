namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>A part of a JPEG that belongs to the picture.</summary>
/// <param name="From">Its first byte.</param>
/// <param name="To">The offset after its last byte.</param>
/// <param name="Restart">The index of the restart marker before it, from 0; null if there is none.</param>
internal readonly record struct JpegPiece(int From, int To, int? Restart);
