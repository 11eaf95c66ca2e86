namespace ImageSearch.VectorIndex;

/// <summary>What one search wants otherwise.</summary>
/// <param name="Filter">The rows that may be given; null for all.</param>
/// <param name="Width">As <see cref="IndexOptions.SearchWidth"/>; 0 takes that.</param>
public readonly record struct SearchOptions(RowFilter? Filter = null, int Width = 0);
