namespace ImageSearch.VectorIndex;

/// <summary>How far the graph is.</summary>
/// <param name="Linked">Vectors that the graph holds.</param>
/// <param name="Waiting">Vectors that it is still to take in.</param>
public readonly record struct IndexingProgress(int Linked, int Waiting);
