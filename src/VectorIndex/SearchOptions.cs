namespace ImageSearch.VectorIndex;

/// <summary>Options of one search.</summary>
/// <param name="Filter">The rows that may be returned; null for all.</param>
/// <param name="Width">Beam width (efSearch); 0 for <see cref="NeighborIndex.SearchWidth"/>.</param>
public readonly record struct SearchOptions(RowFilter? Filter = null, int Width = 0);
