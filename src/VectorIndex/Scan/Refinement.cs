using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Scan;

/// <summary>The last step of every search: computes exact scores and distances of candidates from the float32 vectors.</summary>
internal readonly unsafe ref struct Refinement(RowView view, Query query, ExactVectors vectors, SearchScratch scratch)
{
    private static readonly Comparison<Hit> NearestFirst = static (a, b) =>
        a.SquaredDistance != b.SquaredDistance ? a.SquaredDistance.CompareTo(b.SquaredDistance) : a.Id.CompareTo(b.Id);

    /// <summary>Finds the nearest rows among the candidates, each once, nearest first.</summary>
    /// <param name="candidates">Candidates, greatest upper bound first.</param>
    /// <param name="destination">Receives the hits.</param>
    /// <returns>The number of hits.</returns>
    public int Nearest(ReadOnlySpan<Candidate> candidates, Span<Hit> destination)
    {
        var nearest = new NearestRows(scratch.ScoredHits(destination.Length));
        VisitedSlots seen = scratch.Graph.Visited;
        seen.Reserve(view.SlotCount);
        foreach (ref readonly Candidate candidate in candidates)
        {
            if (candidate.UpperBound < nearest.MinScore)
                break;
            Slot* slot = view.SlotAt(candidate.Slot);
            // Both vectors of a row are scored together. A slot can be a candidate twice: from the graph and from the scan of unlinked
            // slots.
            int first = slot->Twin == Slot.NoTwin ? candidate.Slot : Math.Min(slot->Twin, candidate.Slot);
            if (!seen.Add(first))
                continue;
            if (TryScore(candidate.Slot, slot, out ScoredHit hit))
                nearest.Offer(hit);
            else
                scratch.Damaged.Add((slot->Id, slot->Version));
        }

        seen.Clear();
        int count = nearest.CopyTo(destination);
        destination[..count].Sort(NearestFirst);
        return count;
    }

    private bool TryScore(int slot, Slot* row, out ScoredHit hit)
    {
        hit = default;
        float* vector = vectors.Read(view.Blocks, slot, scratch.Row);
        if (vector == null)
            return false;
        float score = query.Score(vector);
        float distance = query.Distance(vector);
        if (row->Twin != Slot.NoTwin)
        {
            vector = vectors.Read(view.Blocks, row->Twin, scratch.Row);
            if (vector == null)
                return false;
            score = MathF.Max(score, query.Score(vector));
            distance = MathF.Min(distance, query.Distance(vector));
        }

        hit = new ScoredHit(score, new Hit(row->Id, row->Version, distance));
        return true;
    }
}
