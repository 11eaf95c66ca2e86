namespace ImageSearch.VectorIndex.Scan;

/// <summary>A slot whose row may be among the nearest.</summary>
/// <param name="Greatest">No exact score of it is greater.</param>
/// <param name="Slot">The slot.</param>
internal readonly record struct Candidate(float Greatest, int Slot);
