using System.Collections.Concurrent;

namespace ImageSearch.VectorIndex.Tests;

/// <summary>
/// Searches concurrent with puts, removes and maintenance. Every hit is compared with what was put under its id and version.
/// </summary>
public sealed class ConcurrencyTests
{
    private const int Dimension = 40;
    private const int Ids = 64;
    private const int Versions = 400;

    [Theory]
    [InlineData(long.MaxValue, false)]
    [InlineData(1, false)]
    [InlineData(long.MaxValue, true)]
    public async Task Every_hit_is_a_row_as_it_was_at_some_time_during_the_search(long bytesPerThread, bool graph)
    {
        using var index = new NeighborIndex(Dimension, OptionsFor(graph) with { BytesPerThread = bytesPerThread });
        for (int id = 0; id < Ids; id++)
            Put(index, id, version: 1);
        var finished = new int[Ids];
        Array.Fill(finished, 1);
        using var writersDone = new CancellationTokenSource();

        Task[] writers = [Task.Run(() => Write(0)), Task.Run(() => Write(1))];
        Task<int> maintainer = Task.Run(() => MaintainUntil(index, writersDone.Token));
        Task<int>[] searchers = [Task.Run(() => SearchWhileWriting(5)), Task.Run(() => SearchWhileWriting(6))];
        await Task.WhenAll(writers);
        await writersDone.CancelAsync();
        (await Task.WhenAll([.. searchers, maintainer])).ShouldAllBe(rounds => rounds > 0);

        // Each writer has half of the ids. Every seventh version is preceded by a removal of the row.
        void Write(int half)
        {
            for (int version = 2; version <= Versions; version++)
            {
                for (int id = half; id < Ids; id += 2)
                {
                    if (version % 7 == 0)
                        index.Remove(id, version - 1);
                    Put(index, id, version);
                    Volatile.Write(ref finished[id], version);
                }
            }
        }

        int SearchWhileWriting(int seed)
        {
            var random = new Random(seed);
            var hits = new Hit[Ids + 10];
            var minVersions = new int[Ids];
            int searches = 0;
            do
            {
                for (int id = 0; id < Ids; id++)
                    minVersions[id] = Volatile.Read(ref finished[id]);
                float[] query = UnitVectors.Next(random, Dimension);
                float[] secondQuery = UnitVectors.Next(random, Dimension);
                int found = index.Search(query, secondQuery, hits);
                CheckHits(hits.AsSpan(0, found), query, secondQuery, minVersions);
                searches++;
            }
            while (!writersDone.IsCancellationRequested);
            return searches;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_that_is_constantly_replaced_is_found_by_every_search(bool graph)
    {
        using var index = new NeighborIndex(Dimension, OptionsFor(graph));
        for (int id = 0; id < 3_000; id++)
            Put(index, id, version: 1);
        using var writerDone = new CancellationTokenSource();
        Task<int> maintainer = Task.Run(() => MaintainUntil(index, writerDone.Token));
        Task writer = Task.Run(() =>
        {
            for (int version = 2; version < 20_000; version++)
                Put(index, 1_500, version);
        });

        var hits = new Hit[3_001];
        int last = 0;
        do
        {
            int found = index.Search(VectorOf(1, 1, 0), default, hits);
            found.ShouldBe(3_000);
            int version = hits.AsSpan(0, found).ToArray().Single(hit => hit.Id == 1_500).Version;
            version.ShouldBeGreaterThanOrEqualTo(last);
            last = version;
        }
        while (!writer.IsCompleted);
        await writer;
        await writerDone.CancelAsync();
        (await maintainer).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposing_during_searches_and_puts_ends_them_with_ObjectDisposedException(bool graph)
    {
        var unexpected = new ConcurrentBag<Exception>();
        for (int round = 0; round < 50; round++)
        {
            using var index = new NeighborIndex(Dimension, OptionsFor(graph));
            for (int id = 0; id < 2_000; id++)
                index.Put(id, 1, VectorOf(id % Ids, 1, 0));
            using var started = new CountdownEvent(4);
            bool disposed = false;
            Task[] callers =
            [
                Task.Run(() => UntilDisposed(() => index.Search(VectorOf(1, 1, 0), default, new Hit[10]))),
                Task.Run(() => UntilDisposed(() => index.Search(VectorOf(2, 1, 0), VectorOf(3, 1, 0), new Hit[10]))),
                Task.Run(() => UntilDisposed(() => index.Put(5, 1, VectorOf(5, 1, 0)))),
                Task.Run(() => UntilDisposed(Maintain)),
            ];
            started.Wait();
            index.Dispose();
            Volatile.Write(ref disposed, true);
            await Task.WhenAll(callers);

            // Without work, Maintain may return before it checks for disposal.
            void Maintain()
            {
                index.Maintain(threads: 1);
                ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed), index);
            }

            void UntilDisposed(Action call)
            {
                started.Signal();
                try
                {
                    while (true)
                        call();
                }
                catch (ObjectDisposedException)
                {
                    // Expected.
                }
                catch (Exception exception)
                {
                    unexpected.Add(exception);
                }
            }
        }

        unexpected.ShouldBeEmpty();
    }

    private static void CheckHits(ReadOnlySpan<Hit> hits, float[] query, float[] secondQuery, int[] minVersions)
    {
        var seen = new HashSet<long>();
        float last = 0;
        foreach (Hit hit in hits)
        {
            seen.Add(hit.Id).ShouldBeTrue("each row once");
            hit.Version.ShouldBeGreaterThanOrEqualTo(minVersions[hit.Id], "a finished put is seen");
            hit.SquaredDistance.ShouldBeGreaterThanOrEqualTo(last);
            last = hit.SquaredDistance;

            var one = new BruteForce();
            one.Put(hit.Id, hit.Version, VectorOf(hit.Id, hit.Version, 0), SecondVectorOf(hit.Id, hit.Version));
            ((double)hit.SquaredDistance).ShouldBe(one.Search(query, secondQuery, 1)[0].Distance, 2e-6, "the vector of that version");
        }

        // Two writers: at most two rows are removed and not yet put again.
        hits.Length.ShouldBeInRange(Ids - 2, Ids);
    }

    private static IndexOptions OptionsFor(bool graph) => graph ? TestOptions.Graph : TestOptions.Flat;

    private static int MaintainUntil(NeighborIndex index, CancellationToken stop)
    {
        int rounds = 0;
        do
        {
            index.Maintain(threads: 2, progress: null, CancellationToken.None);
            rounds++;
        }
        while (!stop.IsCancellationRequested);
        return rounds;
    }

    private static void Put(NeighborIndex index, long id, int version) =>
        index.Put(id, version, VectorOf(id, version, 0), SecondVectorOf(id, version));

    private static float[]? SecondVectorOf(long id, int version) => (id + version) % 3 == 0 ? VectorOf(id, version, 1) : null;

    private static float[] VectorOf(long id, int version, int which) =>
        UnitVectors.Next(new Random(HashOf(id, version, which)), Dimension);

    private static int HashOf(long id, int version, int which) => (int)((((id * 100_003) + version) * 2) + which);
}
