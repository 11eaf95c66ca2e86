using ImageSearch.Storage.Milvus.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>The metrics of calls, over sockets.</summary>
public sealed class MilvusMetricsTests
{
    private const string Duration = "imagesearch.milvus.call.duration";

    // Far above the duration of a call here.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_call_is_measured_by_name_and_outcome()
    {
        await using var server = new FaultyMilvus(() => WireFault.None);
        await using var client = Client(server, Timeout);
        using var measured = Listen(client);

        await client.NowAsync(default);

        var call = measured.Of(Duration).ShouldHaveSingleItem();
        (call["call"], call["outcome"], call.Tags.Count).ShouldBe(("AllocTimestamp", "ok", 2));
        call.Value.ShouldBeInRange(double.Epsilon, Timeout.TotalSeconds);
    }

    [Theory]
    [InlineData(WireFault.Unauthenticated, "refused")]
    [InlineData(WireFault.NotProtobuf, "garbled")]
    [InlineData(WireFault.InternalError, "failed")]
    public async Task The_outcome_of_a_failed_call_is_its_fault(WireFault fault, string outcome)
    {
        await using var server = new FaultyMilvus(() => fault);
        await using var client = Client(server, Timeout);
        using var measured = Listen(client);

        await Should.ThrowAsync<MilvusException>(() => client.NowAsync(default));

        measured.Of(Duration).ShouldHaveSingleItem()["outcome"].ShouldBe(outcome);
    }

    [Fact]
    public async Task Retries_are_counted_and_the_call_is_measured_once()
    {
        var calls = 0;
        await using var server = new FaultyMilvus(() => Interlocked.Increment(ref calls) <= 2 ? WireFault.Unavailable : WireFault.None);
        await using var client = Client(server, Timeout);
        using var measured = Listen(client);

        await client.NowAsync(default);

        measured.Of("imagesearch.milvus.call.retries").Select(retry => (retry["call"], retry.Value))
            .ShouldBe([("AllocTimestamp", 1), ("AllocTimestamp", 1)]);
        measured.Of(Duration).ShouldHaveSingleItem()["outcome"].ShouldBe("ok");
    }

    [Fact]
    public async Task A_call_that_its_caller_cancels_is_not_a_fault_of_the_server()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new FaultyMilvus(
            () =>
            {
                stop.Cancel();
                return WireFault.Hangs;
            });
        await using var client = Client(server, Timeout);
        using var measured = Listen(client);

        await Should.ThrowAsync<OperationCanceledException>(() => client.NowAsync(stop.Token));

        measured.Of(Duration).ShouldHaveSingleItem()["outcome"].ShouldBe("cancelled");
    }

    [Fact]
    public async Task An_outage_shows_as_an_open_breaker_and_calls_with_the_outcome_broken()
    {
        await using var server = new FaultyMilvus(() => WireFault.Resets);
        await using var client = Client(server, Timeout);
        using var measured = Listen(client);
        measured.Shown("imagesearch.milvus.breaker.open").ShouldBe(0);

        for (var i = 0; i < 20 && !client.IsBroken; i++) await Should.ThrowAsync<MilvusException>(() => client.NowAsync(default));

        measured.Shown("imagesearch.milvus.breaker.open").ShouldBe(1);
        measured.Of(Duration)[^1]["outcome"].ShouldBe("broken");
    }

    private static MilvusClient Client(FaultyMilvus server, TimeSpan timeout) => new(
        new MilvusOptions { Host = "127.0.0.1", Port = server.Port, SearchTimeout = timeout }, TimeProvider.System, NullLogger.Instance);

    private static Measurements Listen(MilvusClient client) => new(instrument => instrument.Meter == client.Metrics.Meter);
}
