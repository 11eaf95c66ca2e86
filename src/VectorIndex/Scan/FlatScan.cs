using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Scan;

/// <summary>
/// An exact scan of codes. A code tells a row's score up to a known error; a row is left out only when as many others as are wanted score
/// more for certain. What is left is decided by the float32 vectors (see <see cref="Refinement"/>).
/// </summary>
/// <param name="view">The rows.</param>
/// <param name="query">The query.</param>
/// <param name="codeStride">Bytes a code.</param>
/// <param name="filter">Rows that count; null for all.</param>
/// <param name="errorShare">1 for an exact scan; less takes errors of codes for smaller than they can be.</param>
internal readonly unsafe ref struct FlatScan(RowView view, Query query, int codeStride, RowFilter? filter, float errorShare = 1)
{
    private readonly Block* _blocks = view.Blocks;
    private readonly float _queryError = query.Error;

    public void Blocks(int first, int end, ref MinScores least, CandidateList candidates, CancellationToken cancellationToken)
    {
        for (int block = first; block < end; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int slots = view.SlotsIn(block);
            int start = block << Block.SlotBits;
            for (int place = 0; place < slots; place++)
                Consider(start + place, ref least, candidates);
        }
    }

    public void Slots(ReadOnlySpan<int> slots, ref MinScores least, CandidateList candidates)
    {
        foreach (int slot in slots)
            Consider(slot, ref least, candidates);
    }

    private void Consider(int slot, ref MinScores least, CandidateList candidates)
    {
        Slot* row = view.SlotAt(slot);
        if (!row->IsVisibleAt(view.Moment) || (filter is not null && !filter.Allows(row->Id)))
            return;
        float score = Estimate(slot, out float error);
        if (score + error < least.Bound)
            return;

        candidates.Add(new Candidate(score + error, slot), least.Bound);
        if (score - error <= least.Bound)
            return;
        // A row counts by its better vector only, so it is offered once; estimates are reproducible, so of two slots exactly one is better.
        if (row->Twin == Slot.NoTwin || IsBetter(score - error, slot, row->Twin))
            least.Offer(score - error);
    }

    private bool IsBetter(float score, int slot, int twin)
    {
        float twinScore = Estimate(twin, out float error) - error;
        return score > twinScore || (score == twinScore && slot < twin);
    }

    private float Estimate(int slot, out float error)
    {
        Block* block = _blocks + (slot >> Block.SlotBits);
        int place = slot & Block.SlotMask;
        ref CodeTerms terms = ref block->Terms[place];
        error = (errorShare * terms.Error) + _queryError;
        return query.Estimate(block->Codes + ((nint)place * codeStride), terms);
    }
}
