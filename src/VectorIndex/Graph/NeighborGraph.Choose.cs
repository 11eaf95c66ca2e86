using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Graph;

/// <content>Which candidates become neighbours.</content>
internal sealed unsafe partial class NeighborGraph
{
    /// <summary>Neighbours with the very same vector: enough to lead from any of a picture's copies to all, few enough to lead elsewhere.</summary>
    private const int Copies = 4;

    /// <summary>
    /// Malkov and Yashunin's heuristic: a candidate becomes a neighbour unless it is nearer to a neighbour chosen before, for from there it
    /// is reached anyway. Copies of the node itself, such as one placeholder picture in many rows, are counted apart: by the heuristic the
    /// first of them would keep out all other candidates, and be the only way out of the node.
    /// </summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="slot">Whose neighbours are chosen.</param>
    /// <param name="candidates">Others and how similar they are to it, most similar first.</param>
    /// <param name="chosen">Receives the neighbours, as many as there is room for.</param>
    /// <returns>How many there are.</returns>
    private int Choose(Block* blocks, int slot, ReadOnlySpan<(int Slot, float Score)> candidates, Span<int> chosen)
    {
        int copies = 0;
        int count = 0;
        foreach ((int candidate, float score) in candidates)
        {
            if (IsCopy(blocks, slot, candidate))
            {
                if (copies == Copies)
                    continue;
                // Copies lie first, so that the others can be told from them.
                chosen[count] = chosen[copies];
                chosen[copies++] = candidate;
                count++;
            }
            else if (IsApart(blocks, candidate, score, chosen[copies..count]))
            {
                chosen[count++] = candidate;
            }

            if (count == chosen.Length)
                break;
        }

        return count;
    }

    private bool IsApart(Block* blocks, int candidate, float score, ReadOnlySpan<int> chosen)
    {
        foreach (int neighbor in chosen)
        {
            if (Similarity(blocks, neighbor, candidate) >= score)
                return false;
        }

        return true;
    }

    private bool IsCopy(Block* blocks, int first, int second)
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
            a->Codes + ((nint)i * _stride), a->Terms[i], b->Codes + ((nint)j * _stride), b->Terms[j], _stride, dimension);
    }
}
