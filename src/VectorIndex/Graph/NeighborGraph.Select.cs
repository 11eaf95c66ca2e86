using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Graph;

/// <content>Selects neighbours among candidates.</content>
internal sealed unsafe partial class NeighborGraph
{
    /// <summary>
    /// Maximum number of neighbours with the same code: enough to keep duplicates connected, few enough to leave links to others.
    /// </summary>
    private const int MaxDuplicates = 4;

    /// <summary>
    /// The heuristic of Malkov and Yashunin (SELECT-NEIGHBORS-HEURISTIC): skips a candidate that is nearer to a selected neighbour than to
    /// the node, because it is reachable through that neighbour. Duplicates of the node, such as one placeholder picture in many rows, are
    /// limited separately: the first of them would otherwise exclude all other candidates and become the only link out of the node.
    /// </summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="slot">The node whose neighbours are selected.</param>
    /// <param name="candidates">Other nodes and their similarity to it, most similar first.</param>
    /// <param name="selected">Receives the neighbours; its length is the maximum number.</param>
    /// <returns>The number of neighbours.</returns>
    private int Select(Block* blocks, int slot, ReadOnlySpan<(int Slot, float Score)> candidates, Span<int> selected)
    {
        int duplicates = 0;
        int count = 0;
        foreach ((int candidate, float score) in candidates)
        {
            if (IsDuplicate(blocks, slot, candidate))
            {
                if (duplicates == MaxDuplicates)
                    continue;
                // Duplicates come first: the heuristic compares candidates only with the neighbours after them.
                selected[count] = selected[duplicates];
                selected[duplicates++] = candidate;
                count++;
            }
            else if (IsDiverse(blocks, candidate, score, selected[duplicates..count]))
            {
                selected[count++] = candidate;
            }

            if (count == selected.Length)
                break;
        }

        return count;
    }

    private bool IsDiverse(Block* blocks, int candidate, float score, ReadOnlySpan<int> selected)
    {
        foreach (int neighbor in selected)
        {
            if (Similarity(blocks, neighbor, candidate) >= score)
                return false;
        }

        return true;
    }

    private bool IsDuplicate(Block* blocks, int first, int second)
    {
        Block* a = blocks + (first >> Block.SlotBits);
        Block* b = blocks + (second >> Block.SlotBits);
        int i = first & Block.SlotMask, j = second & Block.SlotMask;
        return a->Terms[i] == b->Terms[j]
            && new ReadOnlySpan<sbyte>(a->Codes + ((nint)i * _stride), _stride)
                .SequenceEqual(new ReadOnlySpan<sbyte>(b->Codes + ((nint)j * _stride), _stride));
    }

    private float Similarity(Block* blocks, int first, int second)
    {
        Block* a = blocks + (first >> Block.SlotBits);
        Block* b = blocks + (second >> Block.SlotBits);
        int i = first & Block.SlotMask, j = second & Block.SlotMask;
        return RowCode.Similarity(
            a->Codes + ((nint)i * _stride), a->Terms[i], b->Codes + ((nint)j * _stride), b->Terms[j], _stride, _dimension);
    }
}
