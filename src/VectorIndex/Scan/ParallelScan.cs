using System.Buffers;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Scan;

/// <summary>A scan by several threads, each of which repeatedly takes the next block.</summary>
internal sealed class ParallelScan
{
    /// <summary>
    /// About 2 ms of reading codes. With less work per thread, starting one costs other requests more than this one gains.
    /// </summary>
    public const long DefaultBytesPerThread = 25_600_000;

    private readonly RowView _view;
    private readonly Query _query;
    private readonly int _codeStride;
    private readonly RowFilter? _filter;
    private readonly int _topK;
    private readonly float[] _boundsOfThreads;
    private readonly int[] _counts;
    private readonly CandidateList[] _candidates;
    private readonly CancellationToken _cancellationToken;
    private int _nextBlock;

    private ParallelScan(
        in RowView view, in Query query, int codeStride, RowFilter? filter, int topK, float[] boundsOfThreads, int threads, CancellationToken cancellationToken)
    {
        _view = view;
        _query = query;
        _codeStride = codeStride;
        _filter = filter;
        _topK = topK;
        _boundsOfThreads = boundsOfThreads;
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
        ref TopScoreBounds bounds,
        int topK,
        CandidateList candidates,
        int threads,
        CancellationToken cancellationToken)
    {
        float[] boundsOfThreads = ArrayPool<float>.Shared.Rent(checked(topK * threads));
        try
        {
            var scan = new ParallelScan(view, query, codeStride, filter, topK, boundsOfThreads, threads, cancellationToken);
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads, TaskScheduler = TaskScheduler.Default };
            Parallel.For(0, threads, options, scan.Work);
            cancellationToken.ThrowIfCancellationRequested();
            for (int thread = 0; thread < threads; thread++)
            {
                foreach (float score in boundsOfThreads.AsSpan(thread * topK, scan._counts[thread]))
                    bounds.Offer(score);
            }

            foreach (CandidateList list in scan._candidates)
                candidates.Add(list.Items, bounds.Bound);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(boundsOfThreads);
        }
    }

    private void Work(int thread)
    {
        var scan = new FlatScan(_view, _query, _codeStride, _filter);
        var bounds = new TopScoreBounds(_boundsOfThreads.AsSpan(thread * _topK, _topK));
        while (!_cancellationToken.IsCancellationRequested)
        {
            int block = Interlocked.Increment(ref _nextBlock) - 1;
            if (block >= _view.BlockCount)
                break;
            scan.Blocks(block, block + 1, ref bounds, _candidates[thread], CancellationToken.None);
        }

        _counts[thread] = bounds.Count;
    }
}
