namespace ImageSearch.VectorIndex;

/// <summary>A row that may be among the nearest.</summary>
/// <param name="Score">Its greatest inner product with the query.</param>
/// <param name="Slot">Where its better vector lies.</param>
/// <param name="Id">The row.</param>
internal readonly record struct Candidate(float Score, int Slot, long Id)
{
    /// <summary>The order of candidates: by score, among equals the smaller id is better. No two rows are equal in it.</summary>
    public bool IsWorseThan(in Candidate other) => Score < other.Score || (Score == other.Score && Id > other.Id);
}
