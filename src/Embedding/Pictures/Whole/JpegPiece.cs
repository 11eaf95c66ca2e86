namespace ImageSearch.Embedding.Pictures.Whole;

/// <summary>A part of a JPEG that belongs to the picture.</summary>
/// <param name="From">Its first byte.</param>
/// <param name="To">The byte behind its last.</param>
/// <param name="Restart">The number of the restart marker before it, counted from 0; null: none.</param>
internal readonly record struct JpegPiece(int From, int To, int? Restart);
