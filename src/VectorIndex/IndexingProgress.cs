namespace ImageSearch.VectorIndex;

/// <summary>Progress of building the graph.</summary>
/// <param name="Linked">Number of vectors in the graph.</param>
/// <param name="Waiting">Number of vectors that are not in the graph yet.</param>
public readonly record struct IndexingProgress(int Linked, int Waiting);
