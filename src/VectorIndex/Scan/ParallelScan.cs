using System.Buffers;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Scan;

/// <summary>One scan by several threads, each taking the next block until none is left.</summary>
internal sealed class ParallelScan
{
    /// <summary>About 2 ms of reading codes; below that starting a thread gains less than other requests lose.</summary>
    public const long DefaultBytesPerThread = 25_600_000;

    private readonly RowView _view;
    private readonly Query _query;
    private readonly int _codeStride;
    private readonly RowFilter? _filter;
    private readonly int _topK;
    private readonly float[] _room;
    private readonly int[] _counts;
    private readonly CandidateList[] _candidates;
    private readonly CancellationToken _cancellationToken;
    private int _blocksTaken;

    private ParallelScan(
        in RowView view, in Query query, int codeStride, RowFilter? filter, int topK, float[] room, int threads, CancellationToken cancellationToken)
    {
        _view = view;
        _query = query;
        _codeStride = codeStride;
        _filter = filter;
        _topK = topK;
        _room = room;
        _counts = new int[threads];
        _candidates = [.. Enumerable.Range(0, threads).Select(_ => new CandidateList())];
        _cancellationToken = cancellationToken;
    }

    public static int ThreadsFor(in RowView view, int codeStride, long bytesPerThread)
    {
        long threads = (long)view.SlotCount * codeStride / bytesPerThread;
        return (int)Math.Min(threads, Math.Min(Environment.ProcessorCount, view.BlockCount));
    }

    public static void Run(
        in RowView view,
        in Query query,
        int codeStride,
        RowFilter? filter,
        ref MinScores least,
        int topK,
        CandidateList candidates,
        int threads,
        CancellationToken cancellationToken)
    {
        float[] room = ArrayPool<float>.Shared.Rent(checked(topK * threads));
        try
        {
            var scan = new ParallelScan(view, query, codeStride, filter, topK, room, threads, cancellationToken);
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads, TaskScheduler = TaskScheduler.Default };
            Parallel.For(0, threads, options, scan.Work);
            cancellationToken.ThrowIfCancellationRequested();
            for (int thread = 0; thread < threads; thread++)
            {
                foreach (float score in room.AsSpan(thread * topK, scan._counts[thread]))
                    least.Offer(score);
            }

            foreach (CandidateList part in scan._candidates)
                candidates.Add(part.Items, least.Bound);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(room);
        }
    }

    private void Work(int thread)
    {
        var scan = new FlatScan(_view, _query, _codeStride, _filter);
        var least = new MinScores(_room.AsSpan(thread * _topK, _topK));
        while (!_cancellationToken.IsCancellationRequested)
        {
            int block = Interlocked.Increment(ref _blocksTaken) - 1;
            if (block >= _view.BlockCount)
                break;
            scan.Blocks(block, block + 1, ref least, _candidates[thread], CancellationToken.None);
        }

        _counts[thread] = least.Count;
    }
}
