using System.Diagnostics;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Tests.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>Alone, for it counts what the whole process holds.</summary>
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
    public async Task Ten_thousand_calls_over_all_faults_leave_no_connections_threads_or_memory()
    {
        // The first thousand make what stays: pools, compiled code, a connection or two.
        await CallAsync(1000, 1);
        var (files, threads, bytes) = Held();
        var reached = await CallAsync(Calls, 2);
        var after = Held();

        reached.ShouldBeGreaterThanOrEqualTo(Calls, "the calls must have come to the server, or nothing was tried");
        after.Files.ShouldBeLessThan(files + 100);
        after.Threads.ShouldBeLessThan(threads + 50);
        // The buffers of one call in twenty would be as much.
        after.Bytes.ShouldBeLessThan(bytes + (32L << 20));
    }

    private static (int Files, int Threads, long Bytes) Held()
    {
        using var self = Process.GetCurrentProcess();
        return (Directory.GetFiles("/proc/self/fd").Length, self.Threads.Count, GC.GetTotalMemory(forceFullCollection: true));
    }

    /// <returns>Calls that came to the server.</returns>
    private static async Task<int> CallAsync(int calls, int seed)
    {
        var faults = Enum.GetValues<WireFault>();
        var random = new Random(seed);
        await using var server = new FaultyMilvus(() =>
        {
            lock (random)
            {
                var fault = faults[random.Next(faults.Length)];
                // Each of these takes its whole deadline.
                return fault is WireFault.Hangs or WireFault.HangsMidAnswer && random.Next(10) > 0 ? WireFault.None : fault;
            }
        });
        await using var client = new MilvusClient(
            new MilvusOptions { Host = "127.0.0.1", Port = server.Port, SearchTimeout = TimeSpan.FromSeconds(1) },
            new RushingTime(),
            NullLogger.Instance);
        var left = calls;
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
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

    /// <summary>A clock by which the breaker's failures are always long ago, so that it lets every call through.</summary>
    private sealed class RushingTime : TimeProvider
    {
        private long _seconds;

        public override DateTimeOffset GetUtcNow() =>
            DateTimeOffset.UnixEpoch.AddSeconds(20 * Interlocked.Increment(ref _seconds));
    }
}
