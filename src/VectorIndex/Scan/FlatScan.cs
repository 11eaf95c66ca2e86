using System.Buffers;

namespace ImageSearch.VectorIndex;

/// <summary>An exact search: every vector of a snapshot is scored, the best rows' distances are then computed exactly.</summary>
internal static unsafe class FlatScan
{
    private static readonly Comparison<Hit> NearestFirst = static (a, b) =>
        a.SquaredDistance != b.SquaredDistance ? a.SquaredDistance.CompareTo(b.SquaredDistance) : a.Id.CompareTo(b.Id);

    public static int Search(
        in Snapshot snapshot,
        ReadOnlySpan<float> view,
        ReadOnlySpan<float> secondView,
        Span<Hit> destination,
        long bytesPerThread,
        CancellationToken cancellationToken)
    {
        // Room is taken for what the table can give, whatever was asked for.
        destination = destination[..Math.Min(destination.Length, snapshot.SlotCount)];
        int stride = VectorBlock.StrideOf(view.Length);
        const int Slack = NativeVectors.Alignment / sizeof(float);
        float[] padded = ArrayPool<float>.Shared.Rent((2 * stride) + Slack);
        Candidate[] room = ArrayPool<Candidate>.Shared.Rent(destination.Length);
        try
        {
            fixed (float* start = padded)
            {
                float* first = (float*)(((nuint)start + NativeVectors.Alignment - 1) & ~(nuint)(NativeVectors.Alignment - 1));
                Pad(view, new Span<float>(first, stride));
                float* second = secondView.IsEmpty ? null : first + stride;
                if (second != null)
                    Pad(secondView, new Span<float>(second, stride));

                var query = new Query(first, second, stride);
                var nearest = new NearestCandidates(room.AsSpan(0, destination.Length));
                int threads = ParallelScan.ThreadsFor(snapshot, stride, bytesPerThread);
                if (threads > 1)
                    ParallelScan.Run(snapshot, query, ref nearest, destination.Length, threads, cancellationToken);
                else
                    ScanAll(snapshot, query, ref nearest, cancellationToken);
                return Report(snapshot, query, nearest.Items, destination);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(padded);
            ArrayPool<Candidate>.Shared.Return(room);
        }
    }

    public static void ScanBlock(in Snapshot snapshot, int block, in Query query, ref NearestCandidates nearest)
    {
        VectorBlock vectors = snapshot.Blocks[block];
        ReadOnlySpan<Slot> slots = vectors.Slots.AsSpan(0, snapshot.SlotsIn(block));
        for (int place = 0; place < slots.Length; place++)
        {
            ref readonly Slot slot = ref slots[place];
            if (!slot.IsVisibleAt(snapshot.Moment))
                continue;
            float score = query.Score(vectors.VectorAt(place));
            if (score < nearest.LeastScore)
                continue;

            int number = (block << VectorBlock.SlotBits) + place;
            if (slot.Twin == Slot.NoTwin || IsBetter(score, number, query.Score(snapshot.VectorAt(slot.Twin)), slot.Twin))
                nearest.Offer(new Candidate(score, number, slot.Id));
        }
    }

    // A row comes in by its better vector only, so it is offered once; scores are reproducible, so of two slots exactly one is better.
    private static bool IsBetter(float score, int slot, float twinScore, int twin) =>
        score > twinScore || (score == twinScore && slot < twin);

    private static void ScanAll(
        in Snapshot snapshot, in Query query, ref NearestCandidates nearest, CancellationToken cancellationToken)
    {
        for (int block = 0; block < snapshot.BlockCount; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ScanBlock(snapshot, block, query, ref nearest);
        }
    }

    private static int Report(in Snapshot snapshot, in Query query, ReadOnlySpan<Candidate> candidates, Span<Hit> destination)
    {
        for (int i = 0; i < candidates.Length; i++)
        {
            int number = candidates[i].Slot;
            ref readonly Slot slot = ref snapshot.SlotAt(number);
            float distance = query.Distance(snapshot.VectorAt(number));
            if (slot.Twin != Slot.NoTwin)
                distance = MathF.Min(distance, query.Distance(snapshot.VectorAt(slot.Twin)));
            destination[i] = new Hit(slot.Id, slot.Version, distance);
        }

        destination[..candidates.Length].Sort(NearestFirst);
        return candidates.Length;
    }

    private static void Pad(ReadOnlySpan<float> view, Span<float> room)
    {
        view.CopyTo(room);
        room[view.Length..].Clear();
    }
}
