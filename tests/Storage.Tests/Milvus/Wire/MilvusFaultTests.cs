using System.Net;
using System.Net.Sockets;
using ImageSearch.Storage.Milvus.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>Faults of servers and networks: every call ends with a specific fault.</summary>
public sealed class MilvusFaultTests
{
    // Far above any deadline here, so a call that exceeds it hangs.
    private static readonly TimeSpan Hung = TimeSpan.FromMinutes(2);

    private static MilvusClient Client(int port, TimeSpan? timeout = null, string host = "127.0.0.1", bool tls = false) => new(
        new MilvusOptions { Host = host, Port = port, Tls = tls, SearchTimeout = timeout ?? TimeSpan.FromSeconds(3) },
        TimeProvider.System,
        NullLogger.Instance);

    private static async Task<MilvusException> FaultAsync(MilvusClient client) =>
        await Should.ThrowAsync<MilvusException>(() => client.NowAsync(default).WaitAsync(Hung));

    [Fact]
    public async Task A_valid_response_is_read()
    {
        await using var server = new FaultyMilvus(() => WireFault.None);
        await using var client = Client(server.Port, Hung / 2);
        (await client.NowAsync(default)).ShouldBe(FaultyMilvus.Timestamp);
    }

    [Theory]
    [InlineData(WireFault.Hangs, MilvusFault.Deadline)]
    [InlineData(WireFault.HangsMidAnswer, MilvusFault.Deadline)]
    [InlineData(WireFault.Resets, MilvusFault.Unreachable)]
    [InlineData(WireFault.ResetsMidAnswer, MilvusFault.Unreachable)]
    [InlineData(WireFault.ResetsStream, MilvusFault.Unreachable)]
    [InlineData(WireFault.Garbage, MilvusFault.Unreachable)]
    [InlineData(WireFault.HttpUnavailable, MilvusFault.Unreachable)]
    [InlineData(WireFault.Unavailable, MilvusFault.Unreachable)]
    [InlineData(WireFault.NotReady, MilvusFault.Unreachable)]
    [InlineData(WireFault.Unauthenticated, MilvusFault.Refused)]
    [InlineData(WireFault.RateLimited, MilvusFault.RateLimited)]
    [InlineData(WireFault.InternalError, MilvusFault.Failed)]
    [InlineData(WireFault.WrongContentType, MilvusFault.Garbled)]
    [InlineData(WireFault.HttpNotFound, MilvusFault.Garbled)]
    [InlineData(WireFault.NoTrailers, MilvusFault.Garbled)]
    [InlineData(WireFault.StatusIsNotANumber, MilvusFault.Garbled)]
    [InlineData(WireFault.HugeLength, MilvusFault.Garbled)]
    [InlineData(WireFault.LongLength, MilvusFault.Garbled)]
    [InlineData(WireFault.ShortMessage, MilvusFault.Garbled)]
    [InlineData(WireFault.ShortHeader, MilvusFault.Garbled)]
    [InlineData(WireFault.MoreThanOneMessage, MilvusFault.Garbled)]
    [InlineData(WireFault.Empty, MilvusFault.Garbled)]
    [InlineData(WireFault.Compressed, MilvusFault.Garbled)]
    [InlineData(WireFault.NotProtobuf, MilvusFault.Garbled)]
    [InlineData(WireFault.NoMilvusStatus, MilvusFault.Garbled)]
    public async Task A_faulty_response_fails_with_its_fault_and_a_message_that_names_the_server(WireFault fault, MilvusFault expected)
    {
        await using var server = new FaultyMilvus(() => fault);
        await using var client = Client(server.Port);
        var exception = await FaultAsync(client);
        exception.Code.ShouldBe(expected, exception.Message);
        exception.Message.ShouldContain($"127.0.0.1:{server.Port}");
        server.Calls.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_refused_connection_is_unreachable()
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        await using var client = Client(port);
        var exception = await FaultAsync(client);
        exception.Code.ShouldBe(MilvusFault.Unreachable);
        exception.Message.ShouldContain("can't be reached");
    }

    [Fact]
    public async Task A_server_that_accepts_the_connection_and_never_responds_times_out()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var client = Client(((IPEndPoint)listener.LocalEndpoint).Port, TimeSpan.FromSeconds(1));
        (await FaultAsync(client)).Code.ShouldBe(MilvusFault.Deadline);
    }

    [Fact]
    public async Task TLS_to_a_server_without_TLS_fails()
    {
        await using var server = new FaultyMilvus(() => WireFault.None);
        await using var client = Client(server.Port, tls: true);
        (await FaultAsync(client)).Code.ShouldBeOneOf(MilvusFault.Unreachable, MilvusFault.Deadline);
    }

    [Fact]
    public async Task The_servers_message_is_decoded_and_put_on_one_line()
    {
        await using var server = new FaultyMilvus(() => WireFault.InternalError);
        await using var client = Client(server.Port);
        var exception = await FaultAsync(client);
        exception.Message.ShouldContain("it   broke: ü");
        exception.Message.ShouldNotContain('\n');
    }

    [Theory]
    [InlineData(WireFault.Resets)]
    [InlineData(WireFault.ResetsMidAnswer)]
    [InlineData(WireFault.Unavailable)]
    [InlineData(WireFault.NotReady)]
    [InlineData(WireFault.RateLimited)]
    public async Task A_transient_fault_is_retried(WireFault fault)
    {
        var calls = 0;
        await using var server = new FaultyMilvus(() => Interlocked.Increment(ref calls) <= 2 ? fault : WireFault.None);
        await using var client = Client(server.Port, Hung / 2);
        (await client.NowAsync(default)).ShouldBe(FaultyMilvus.Timestamp);
        server.Calls.ShouldBe(3);
    }

    [Theory]
    [InlineData(WireFault.Unauthenticated)]
    [InlineData(WireFault.InternalError)]
    [InlineData(WireFault.NotProtobuf)]
    public async Task A_permanent_fault_is_not_retried(WireFault fault)
    {
        await using var server = new FaultyMilvus(() => fault);
        await using var client = Client(server.Port, Hung / 2);
        await FaultAsync(client);
        server.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_call_throws_OperationCanceledException()
    {
        await using var server = new FaultyMilvus(() => WireFault.Hangs);
        await using var client = Client(server.Port, Hung / 2);
        using var stop = new CancellationTokenSource();
        var call = client.NowAsync(stop.Token);
        while (server.Calls == 0) await Task.Yield();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call.WaitAsync(Hung));
    }

    [Fact]
    public async Task A_server_that_recovers_is_used_again()
    {
        var down = true;
        await using var server = new FaultyMilvus(() => Volatile.Read(ref down) ? WireFault.Resets : WireFault.None);
        await using var client = Client(server.Port, TimeSpan.FromSeconds(5));
        do
        {
            (await FaultAsync(client)).Code.ShouldBe(MilvusFault.Unreachable);
        }
        while (!client.IsBroken);

        Volatile.Write(ref down, false);
        ulong timestamp = 0;
        while (timestamp == 0)
        {
            try
            {
                timestamp = await client.NowAsync(default).WaitAsync(Hung);
            }
            catch (MilvusException)
            {
                await Task.Yield();
            }
        }

        client.IsBroken.ShouldBeFalse();
    }
}
