using System.Diagnostics;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Tests.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>Runs without other tests, because it counts the resources of the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "Milvus leaks";
}

[Collection(MeasuredAlone.Name)]
public sealed class MilvusLeakTests
{
    private const int Calls = 10_000;

    [LinuxFact]
    public async Task Ten_thousand_calls_with_all_faults_leak_no_connections_threads_or_memory()
    {
        // The first thousand calls allocate what stays: pools, compiled code, some connections.
        await CallAsync(1000, 1);
        var (files, threads, bytes) = Resources();
        var reached = await CallAsync(Calls, 2);
        var after = Resources();

        reached.ShouldBeGreaterThanOrEqualTo(Calls, "the calls must reach the server, otherwise nothing is tested");
        after.Files.ShouldBeLessThan(files + 100);
        after.Threads.ShouldBeLessThan(threads + 50);
        // The buffers of one call in twenty would exceed it.
        after.Bytes.ShouldBeLessThan(bytes + (32L << 20));
    }

    private static (int Files, int Threads, long Bytes) Resources()
    {
        using var self = Process.GetCurrentProcess();
        return (Directory.GetFiles("/proc/self/fd").Length, self.Threads.Count, GC.GetTotalMemory(forceFullCollection: true));
    }

    /// <returns>The number of calls that reached the server.</returns>
    private static async Task<int> CallAsync(int calls, int seed)
    {
        var faults = Enum.GetValues<WireFault>();
        var random = new Random(seed);
        await using var server = new FaultyMilvus(() =>
        {
            lock (random)
            {
                var fault = faults[random.Next(faults.Length)];
                // Each of these calls takes its whole deadline.
                return fault is WireFault.Hangs or WireFault.HangsMidAnswer && random.Next(10) > 0 ? WireFault.None : fault;
            }
        });
        await using var client = new MilvusClient(
            new MilvusOptions { Host = "127.0.0.1", Port = server.Port, SearchTimeout = TimeSpan.FromSeconds(1) },
            new FastClock(),
            NullLogger.Instance);
        // On a busy machine some attempts end before they reach the server; others make up for them.
        var remaining = 2 * calls;
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            while (server.Calls < calls && Interlocked.Decrement(ref remaining) >= 0)
            {
                try
                {
                    (await client.NowAsync(default).WaitAsync(TimeSpan.FromMinutes(2))).ShouldBe(FaultyMilvus.Timestamp);
                }
                catch (MilvusException)
                {
                }
            }
        }));
        server.Open.ShouldBeLessThan(64);
        return server.Calls;
    }

    /// <summary>
    /// A clock that advances by 20 s with each read: failures are always outside the breaker's sampling window, so it never opens.
    /// </summary>
    private sealed class FastClock : TimeProvider
    {
        private long _seconds;

        public override DateTimeOffset GetUtcNow() =>
            DateTimeOffset.UnixEpoch.AddSeconds(20 * Interlocked.Increment(ref _seconds));
    }
}
