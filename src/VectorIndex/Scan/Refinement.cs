using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Scan;

/// <summary>The last step of every search: exact scores and distances of candidates from the float32 vectors, each row once.</summary>
internal readonly unsafe ref struct Refinement(RowView view, Query query, ExactVectors vectors, SearchRoom room)
{
    private static readonly Comparison<Hit> NearestFirst = static (a, b) =>
        a.SquaredDistance != b.SquaredDistance ? a.SquaredDistance.CompareTo(b.SquaredDistance) : a.Id.CompareTo(b.Id);

    /// <summary>The nearest rows among the candidates, nearest first.</summary>
    /// <param name="candidates">Slots, best chances first.</param>
    /// <param name="destination">Receives the hits.</param>
    /// <returns>How many there are.</returns>
    public int Nearest(ReadOnlySpan<Candidate> candidates, Span<Hit> destination)
    {
        var nearest = new NearestRows(room.ScoredHits(destination.Length));
        VisitedSlots seen = room.Walk.Visited;
        seen.Reserve(view.SlotCount);
        foreach (ref readonly Candidate candidate in candidates)
        {
            if (candidate.Greatest < nearest.MinScore)
                break;
            Slot* slot = view.SlotAt(candidate.Slot);
            // Both vectors of a row are looked at together, whichever came first; a slot may come from the graph and from beside it.
            int first = slot->Twin == Slot.NoTwin ? candidate.Slot : Math.Min(slot->Twin, candidate.Slot);
            if (!seen.Add(first))
                continue;
            if (TryScore(candidate.Slot, slot, out ScoredHit hit))
                nearest.Offer(hit);
            else
                room.Damaged.Add((slot->Id, slot->Version));
        }

        seen.Clear();
        int count = nearest.CopyTo(destination);
        destination[..count].Sort(NearestFirst);
        return count;
    }

    private bool TryScore(int slot, Slot* row, out ScoredHit hit)
    {
        hit = default;
        float* vector = vectors.Read(view.Blocks, slot, room.Row);
        if (vector == null)
            return false;
        float score = query.Score(vector);
        float distance = query.Distance(vector);
        if (row->Twin != Slot.NoTwin)
        {
            vector = vectors.Read(view.Blocks, row->Twin, room.Row);
            if (vector == null)
                return false;
            score = MathF.Max(score, query.Score(vector));
            distance = MathF.Min(distance, query.Distance(vector));
        }

        hit = new ScoredHit(score, new Hit(row->Id, row->Version, distance));
        return true;
    }
}
