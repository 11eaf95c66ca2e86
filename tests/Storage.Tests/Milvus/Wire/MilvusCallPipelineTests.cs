using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>The circuit breaker, with a clock that the tests set.</summary>
public sealed class MilvusCallPipelineTests : IDisposable
{
    private static readonly MilvusOptions Options = new() { Host = "milvus.example", SearchTimeout = TimeSpan.FromSeconds(60) };

    private readonly SettableTime _time = new();
    private readonly MilvusCallPipeline _pipeline;
    private int _attempts;

    public MilvusCallPipelineTests() => _pipeline = new MilvusCallPipeline(Options, _time, NullLogger.Instance);

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public async Task Repeated_timeouts_open_the_circuit_and_the_message_names_the_server()
    {
        await OpenCircuitAsync();
        var exception = await Should.ThrowAsync<MilvusException>(CallAsync(null));
        _attempts.ShouldBe(0);
        exception.Code.ShouldBe(MilvusFault.Unreachable);
        exception.Message.ShouldContain("Milvus at milvus.example:19530 can't be reached");
        exception.Message.ShouldContain("pictures are still stored");
    }

    [Fact]
    public async Task A_successful_probe_after_a_second_closes_the_circuit()
    {
        await OpenCircuitAsync();
        _time.Now += TimeSpan.FromSeconds(1.1);
        await CallAsync(null)();
        _pipeline.IsOpen.ShouldBeFalse();
        await CallAsync(null)();
        _attempts.ShouldBe(2);
    }

    [Fact]
    public async Task Other_calls_fail_immediately_during_a_probe()
    {
        await OpenCircuitAsync();
        _time.Now += TimeSpan.FromSeconds(1.1);
        var pending = new TaskCompletionSource<int>();
        var probe = _pipeline.RunAsync("Test", TimeSpan.FromSeconds(60), (_, _) => pending.Task, default);
        await Should.ThrowAsync<MilvusException>(CallAsync(null));
        _attempts.ShouldBe(0);
        pending.SetResult(1);
        await probe;
    }

    [Fact]
    public async Task A_failed_probe_keeps_the_circuit_open_for_another_second()
    {
        await OpenCircuitAsync();
        _time.Now += TimeSpan.FromSeconds(1.1);
        await Should.ThrowAsync<MilvusException>(CallAsync(MilvusFault.Deadline));
        _attempts.ShouldBe(1);
        await Should.ThrowAsync<MilvusException>(CallAsync(null));
        _attempts.ShouldBe(1);
        _time.Now += TimeSpan.FromSeconds(1.1);
        await CallAsync(null)();
        _attempts.ShouldBe(2);
    }

    [Fact]
    public async Task A_probe_that_its_caller_cancels_does_not_close_the_circuit()
    {
        await OpenCircuitAsync();
        _time.Now += TimeSpan.FromSeconds(1.1);
        using var stop = new CancellationTokenSource();
        var probe = _pipeline.RunAsync<int>(
            "Test",
            TimeSpan.FromSeconds(60),
            async (_, token) =>
            {
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
                return 1;
            },
            stop.Token);
        await Should.ThrowAsync<OperationCanceledException>(() => probe);
        _pipeline.IsOpen.ShouldBeTrue();
    }

    [Theory]
    [InlineData(MilvusFault.NotFound)]
    [InlineData(MilvusFault.NotLoaded)]
    [InlineData(MilvusFault.Refused)]
    [InlineData(MilvusFault.Failed)]
    [InlineData(MilvusFault.Garbled)]
    public async Task Errors_that_the_server_reports_never_open_the_circuit(MilvusFault fault)
    {
        for (var i = 0; i < 50; i++) (await Should.ThrowAsync<MilvusException>(CallAsync(fault))).Code.ShouldBe(fault);
        _pipeline.IsOpen.ShouldBeFalse();
        _attempts.ShouldBe(50);
    }

    private async Task OpenCircuitAsync()
    {
        while (!_pipeline.IsOpen) await Should.ThrowAsync<MilvusException>(CallAsync(MilvusFault.Deadline));
        _attempts = 0;
    }

    private Func<Task> CallAsync(MilvusFault? fault) => () => _pipeline.RunAsync(
        "Test",
        TimeSpan.FromSeconds(60),
        (_, _) =>
        {
            _attempts++;
            return fault is { } code ? throw new MilvusException(code, "as the test says") : Task.FromResult(1);
        },
        default);
}
