namespace ImageSearch.VectorIndex.Scan;

/// <summary>A slot whose row may be among the nearest rows.</summary>
/// <param name="UpperBound">An upper bound of the exact score.</param>
/// <param name="Slot">The slot.</param>
internal readonly record struct Candidate(float UpperBound, int Slot);
