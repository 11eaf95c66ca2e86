using System.Buffers;

namespace ImageSearch.VectorIndex;

/// <summary>
/// One scan by several threads, each taking the next block until none is left. The order of candidates is total and each row is offered
/// once, so the result does not depend on who took which block.
/// </summary>
internal sealed unsafe class ParallelScan
{
    /// <summary>About 4 ms of memory traffic, 25,000 vectors × 512; below that starting a thread gains less than other requests lose.</summary>
    public const long DefaultBytesPerThread = 51_200_000;

    private readonly Snapshot _snapshot;
    private readonly Query _query;
    private readonly int _topK;
    private readonly Candidate[] _room;
    private readonly int[] _counts;
    private readonly CancellationToken _cancellationToken;
    private int _blocksTaken;

    private ParallelScan(
        in Snapshot snapshot, in Query query, int topK, Candidate[] room, int threads, CancellationToken cancellationToken)
    {
        _snapshot = snapshot;
        _query = query;
        _topK = topK;
        _room = room;
        _counts = new int[threads];
        _cancellationToken = cancellationToken;
    }

    public static int ThreadsFor(in Snapshot snapshot, int stride, long bytesPerThread)
    {
        long threads = (long)snapshot.SlotCount * stride * sizeof(float) / bytesPerThread;
        return (int)Math.Min(threads, Math.Min(Environment.ProcessorCount, snapshot.BlockCount));
    }

    public static void Run(
        in Snapshot snapshot,
        in Query query,
        ref NearestCandidates nearest,
        int topK,
        int threads,
        CancellationToken cancellationToken)
    {
        Candidate[] room = ArrayPool<Candidate>.Shared.Rent(checked(topK * threads));
        try
        {
            var scan = new ParallelScan(snapshot, query, topK, room, threads, cancellationToken);
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads, TaskScheduler = TaskScheduler.Default };
            Parallel.For(0, threads, options, scan.Work);
            cancellationToken.ThrowIfCancellationRequested();
            for (int thread = 0; thread < threads; thread++)
            {
                foreach (ref readonly Candidate candidate in room.AsSpan(thread * topK, scan._counts[thread]))
                    nearest.Offer(candidate);
            }
        }
        finally
        {
            ArrayPool<Candidate>.Shared.Return(room);
        }
    }

    private void Work(int thread)
    {
        var nearest = new NearestCandidates(_room.AsSpan(thread * _topK, _topK));
        while (!_cancellationToken.IsCancellationRequested)
        {
            int block = Interlocked.Increment(ref _blocksTaken) - 1;
            if (block >= _snapshot.BlockCount)
                break;
            FlatScan.ScanBlock(_snapshot, block, _query, ref nearest);
        }

        _counts[thread] = nearest.Items.Length;
    }
}
