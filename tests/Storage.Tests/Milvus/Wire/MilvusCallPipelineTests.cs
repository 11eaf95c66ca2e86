using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>The circuit breaker, on a clock that the tests set.</summary>
public sealed class MilvusCallPipelineTests : IDisposable
{
    private static readonly MilvusOptions Options = new() { Host = "milvus.example", SearchTimeout = TimeSpan.FromSeconds(60) };

    private readonly SettableTime _time = new();
    private readonly MilvusCallPipeline _pipeline;
    private int _tries;

    public MilvusCallPipelineTests() => _pipeline = new MilvusCallPipeline(Options, _time, NullLogger.Instance);

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public async Task Repeated_deadlines_make_calls_fail_at_once_with_a_sentence()
    {
        await BreakAsync();
        var exception = await Should.ThrowAsync<MilvusException>(CallAsync(null));
        _tries.ShouldBe(0);
        exception.Code.ShouldBe(MilvusFault.Unreachable);
        exception.Message.ShouldContain("Milvus at milvus.example:19530 can't be reached");
        exception.Message.ShouldContain("pictures are still stored");
    }

    [Fact]
    public async Task A_second_later_one_call_tries_and_its_success_lets_all_through()
    {
        await BreakAsync();
        _time.Now += TimeSpan.FromSeconds(1.1);
        await CallAsync(null)();
        _pipeline.IsOpen.ShouldBeFalse();
        await CallAsync(null)();
        _tries.ShouldBe(2);
    }

    [Fact]
    public async Task While_one_call_tries_the_others_still_fail_at_once()
    {
        await BreakAsync();
        _time.Now += TimeSpan.FromSeconds(1.1);
        var gate = new TaskCompletionSource<int>();
        var trial = _pipeline.RunAsync("Test", TimeSpan.FromSeconds(60), (_, _) => gate.Task, default);
        await Should.ThrowAsync<MilvusException>(CallAsync(null));
        _tries.ShouldBe(0);
        gate.SetResult(1);
        await trial;
    }

    [Fact]
    public async Task A_try_that_fails_keeps_it_open_for_another_second()
    {
        await BreakAsync();
        _time.Now += TimeSpan.FromSeconds(1.1);
        await Should.ThrowAsync<MilvusException>(CallAsync(MilvusFault.Deadline));
        _tries.ShouldBe(1);
        await Should.ThrowAsync<MilvusException>(CallAsync(null));
        _tries.ShouldBe(1);
        _time.Now += TimeSpan.FromSeconds(1.1);
        await CallAsync(null)();
        _tries.ShouldBe(2);
    }

    [Fact]
    public async Task A_caller_that_goes_away_during_its_try_does_not_close_it()
    {
        await BreakAsync();
        _time.Now += TimeSpan.FromSeconds(1.1);
        using var gone = new CancellationTokenSource();
        var trial = _pipeline.RunAsync<int>(
            "Test",
            TimeSpan.FromSeconds(60),
            async (_, token) =>
            {
                await gone.CancelAsync();
                token.ThrowIfCancellationRequested();
                return 1;
            },
            gone.Token);
        await Should.ThrowAsync<OperationCanceledException>(() => trial);
        _pipeline.IsOpen.ShouldBeTrue();
    }

    [Theory]
    [InlineData(MilvusFault.NotFound)]
    [InlineData(MilvusFault.NotLoaded)]
    [InlineData(MilvusFault.Refused)]
    [InlineData(MilvusFault.Failed)]
    [InlineData(MilvusFault.Garbled)]
    public async Task What_a_server_answers_by_itself_never_opens_it(MilvusFault fault)
    {
        for (var i = 0; i < 50; i++) (await Should.ThrowAsync<MilvusException>(CallAsync(fault))).Code.ShouldBe(fault);
        _pipeline.IsOpen.ShouldBeFalse();
        _tries.ShouldBe(50);
    }

    private async Task BreakAsync()
    {
        while (!_pipeline.IsOpen) await Should.ThrowAsync<MilvusException>(CallAsync(MilvusFault.Deadline));
        _tries = 0;
    }

    private Func<Task> CallAsync(MilvusFault? fault) => () => _pipeline.RunAsync(
        "Test",
        TimeSpan.FromSeconds(60),
        (_, _) =>
        {
            _tries++;
            return fault is { } code ? throw new MilvusException(code, "as the test says") : Task.FromResult(1);
        },
        default);
}
