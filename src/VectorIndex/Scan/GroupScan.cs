using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Kernels;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Scan;

/// <summary>The scan of <see cref="FlatScan"/> for several queries at once: each code is read from memory once.</summary>
/// <param name="view">The rows.</param>
/// <param name="group">The prepared queries, of one vector each; receives the candidates.</param>
/// <param name="codeStride">Bytes per code.</param>
/// <param name="filter">Rows to scan; null for all.</param>
/// <param name="topK">Number of rows to find per query.</param>
internal readonly unsafe ref struct GroupScan(
    RowView view, ReadOnlySpan<SearchScratch> group, int codeStride, RowFilter? filter, int topK)
{
    /// <summary>Queries per scan. Their codes, 2 bytes per value, stay in the first-level cache up to 2,048 values.</summary>
    public const int MaxQueries = 8;

    private readonly RowView _view = view;
    private readonly ReadOnlySpan<SearchScratch> _group = group;

    /// <summary>Scans all rows.</summary>
    /// <param name="bounds">Receives for each query the lower bound of its best rows.</param>
    /// <param name="cancellationToken">Cancels the scan.</param>
    public void Run(Span<float> bounds, CancellationToken cancellationToken)
    {
        Span<nint> queries = stackalloc nint[MaxQueries];
        Span<int> dots = stackalloc int[MaxQueries], counts = stackalloc int[MaxQueries];
        for (int i = 0; i < _group.Length; i++)
        {
            queries[i] = _group[i].Query.Code.Values;
            _group[i].Candidates.Clear();
        }

        bounds.Fill(float.NegativeInfinity);
        counts.Clear();
        for (int block = 0; block < _view.BlockCount; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int first = block << Block.SlotBits;
            for (int slot = first; slot < first + _view.SlotsIn(block); slot++)
            {
                Slot* row = _view.SlotAt(slot);
                if (!row->IsVisibleAt(_view.Epoch) || (filter is not null && !filter.Allows(row->Id)))
                    continue;
                CodeDotMany.Of(queries[.._group.Length], CodeAt(slot), codeStride, dots);
                for (int i = 0; i < _group.Length; i++)
                    Consider(slot, row, dots[i], _group[i], ref counts[i], ref bounds[i]);
            }
        }
    }

    private void Consider(int slot, Slot* row, int dot, SearchScratch scratch, ref int count, ref float bound)
    {
        Query query = scratch.Query;
        ref CodeTerms terms = ref TermsAt(slot);
        float score = query.Code.Score(dot, terms);
        float error = terms.Error + query.Error;
        if (score + error < bound)
            return;

        scratch.Candidates.Add(new Candidate(score + error, slot), bound);
        if (score - error <= bound || (row->Twin != Slot.NoTwin && !IsBetter(query, score - error, slot, row->Twin)))
            return;
        var best = new TopScoreBounds(scratch.Bounds(topK), count);
        best.Offer(score - error);
        (count, bound) = (best.Count, best.Bound);
    }

    // A row is offered once, by its better vector.
    private bool IsBetter(in Query query, float score, int slot, int twin)
    {
        ref CodeTerms terms = ref TermsAt(twin);
        float twinScore = query.Code.Score(CodeAt(twin), terms) - (terms.Error + query.Error);
        return score > twinScore || (score == twinScore && slot < twin);
    }

    private sbyte* CodeAt(int slot) => _view.Blocks[slot >> Block.SlotBits].Codes + ((nint)(slot & Block.SlotMask) * codeStride);

    private ref CodeTerms TermsAt(int slot) => ref _view.Blocks[slot >> Block.SlotBits].Terms[slot & Block.SlotMask];
}
