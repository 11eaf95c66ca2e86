using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Scan;

/// <summary>
/// An exact scan of codes. A code gives a row's score with a bounded error. A row is excluded only if the lower bounds of top-k other rows
/// exceed its upper bound; <see cref="Refinement"/> decides among the rest by their float32 vectors.
/// </summary>
/// <param name="view">The rows.</param>
/// <param name="query">The query.</param>
/// <param name="codeStride">Bytes per code.</param>
/// <param name="filter">Rows to scan; null for all.</param>
/// <param name="errorShare">1 for an exact scan; less assumes smaller errors than the bound.</param>
internal readonly unsafe ref struct FlatScan(RowView view, Query query, int codeStride, RowFilter? filter, float errorShare = 1)
{
    private readonly Block* _blocks = view.Blocks;
    private readonly float _queryError = query.Error;

    public void Blocks(int first, int end, ref TopScoreBounds bounds, CandidateList candidates, CancellationToken cancellationToken)
    {
        for (int block = first; block < end; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int slots = view.SlotsIn(block);
            int start = block << Block.SlotBits;
            for (int index = 0; index < slots; index++)
                Consider(start + index, ref bounds, candidates);
        }
    }

    public void Slots(ReadOnlySpan<int> slots, ref TopScoreBounds bounds, CandidateList candidates)
    {
        foreach (int slot in slots)
            Consider(slot, ref bounds, candidates);
    }

    private void Consider(int slot, ref TopScoreBounds bounds, CandidateList candidates)
    {
        Slot* row = view.SlotAt(slot);
        if (!row->IsVisibleAt(view.Epoch) || (filter is not null && !filter.Allows(row->Id)))
            return;
        float score = Estimate(slot, out float error);
        if (score + error < bounds.Bound)
            return;

        candidates.Add(new Candidate(score + error, slot), bounds.Bound);
        if (score - error <= bounds.Bound)
            return;
        // A row is offered once, by its better vector. Estimates are reproducible, so exactly one of two slots is better.
        if (row->Twin == Slot.NoTwin || IsBetter(score - error, slot, row->Twin))
            bounds.Offer(score - error);
    }

    private bool IsBetter(float score, int slot, int twin)
    {
        float twinScore = Estimate(twin, out float error) - error;
        return score > twinScore || (score == twinScore && slot < twin);
    }

    private float Estimate(int slot, out float error)
    {
        Block* block = _blocks + (slot >> Block.SlotBits);
        int index = slot & Block.SlotMask;
        ref CodeTerms terms = ref block->Terms[index];
        error = (errorShare * terms.Error) + _queryError;
        return query.Estimate(block->Codes + ((nint)index * codeStride), terms);
    }
}
