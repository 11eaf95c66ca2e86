using Grpc.Core;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>
/// The resilience pipeline of every call: one deadline over all attempts, retries after transient faults, a circuit breaker, the mapping to
/// <see cref="MilvusException"/>, and metrics. All calls can be retried, because upserts and deletes are idempotent.
/// </summary>
internal sealed class MilvusCallPipeline : IDisposable
{
    private static readonly ResiliencePropertyKey<string> Call = new("imagesearch.milvus.call");
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);

    private readonly MilvusOptions _options;
    private readonly TimeProvider _time;
    private readonly CircuitBreakerStateProvider _breaker = new();
    private readonly ResiliencePipeline _pipeline;
    private readonly MilvusMetrics _metrics;

    public MilvusCallPipeline(MilvusOptions options, TimeProvider time, ILogger logger)
    {
        (_options, _time) = (options, time);
        var server = options.ToString();
        _metrics = new MilvusMetrics(() => IsOpen);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is MilvusException { IsTransient: true }),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(30),
                MaxDelay = TimeSpan.FromMilliseconds(500),
                OnRetry = args =>
                {
                    var call = args.Context.Properties.GetValue(Call, "");
                    _metrics.Retried(call);
                    logger.CallRetried(call, args.AttemptNumber + 1, args.Outcome.Exception!.Message);
                    return default;
                },
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = args => ValueTask.FromResult(IsOutage(args.Outcome.Exception)),
                FailureRatio = 0.8,
                MinimumThroughput = 4,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = ProbeInterval,
                StateProvider = _breaker,
                OnOpened = _ =>
                {
                    logger.CircuitOpened(server, ProbeInterval.TotalSeconds);
                    return default;
                },
                OnClosed = _ =>
                {
                    logger.CircuitClosed(server);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Whether the circuit is open or half-open: calls fail immediately, except one probe per interval.</summary>
    public bool IsOpen => _breaker.CircuitState is CircuitState.Open or CircuitState.HalfOpen;

    public MilvusMetrics Metrics => _metrics;

    /// <summary>Runs a call.</summary>
    /// <param name="call">Its name, for metrics and logs.</param>
    /// <param name="timeout">The time limit over all attempts.</param>
    /// <param name="attempt">One attempt; it receives the remaining time, and can throw any exception.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MilvusException">The call failed.</exception>
    public async Task<T> RunAsync<T>(
        string call, TimeSpan timeout, Func<TimeSpan, CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, linked.Token);
        context.Properties.Set(Call, call);
        MilvusException? last = null;
        var outcome = Outcome.Cancelled;
        try
        {
            var result = await _pipeline.ExecuteAsync(
                async _ =>
                {
                    try
                    {
                        return await AttemptAsync(timeout, start, attempt, linked.Token, cancellationToken).ConfigureAwait(false);
                    }
                    catch (MilvusException e)
                    {
                        last = e;
                        throw;
                    }
                },
                context).ConfigureAwait(false);
            outcome = Outcome.Ok;
            return result;
        }
        catch (BrokenCircuitException e)
        {
            outcome = "broken";
            throw MilvusFaults.Unreachable(_options, last is null ? "recent calls failed" : "several attempts failed", (Exception?)last ?? e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The deadline passed while the call waited for its next attempt: the fault of the last attempt is more specific.
            outcome = Outcome.Of(MilvusFault.Deadline);
            throw last ?? MilvusFaults.Deadline(_options, timeout, e);
        }
        catch (MilvusException e)
        {
            outcome = Outcome.Of(e.Code);
            throw;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            _metrics.Ended(call, outcome, _time.GetElapsedTime(start));
        }
    }

    public void Dispose() => _metrics.Dispose();

    private async Task<T> AttemptAsync<T>(
        TimeSpan timeout, long start, Func<TimeSpan, CancellationToken, Task<T>> attempt,
        CancellationToken linked, CancellationToken cancellationToken)
    {
        var remaining = timeout - _time.GetElapsedTime(start);
        // All other calls fail during a probe, so a probe must be short.
        if (_breaker.CircuitState == CircuitState.HalfOpen && remaining > _options.SearchTimeout) remaining = _options.SearchTimeout;
        using var limit = new CancellationTokenSource(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(linked, limit.Token);
        try
        {
            return await attempt(remaining, stop.Token).ConfigureAwait(false);
        }
        catch (MilvusException)
        {
            throw;
        }
        catch (Exception e) when (stop.IsCancellationRequested)
        {
            // The channel reports a cancelled call with different exceptions, depending on its state.
            cancellationToken.ThrowIfCancellationRequested();
            throw MilvusFaults.Deadline(_options, timeout, e);
        }
        catch (RpcException e)
        {
            throw MilvusFaults.From(_options, e);
        }
    }

    private bool IsOutage(Exception? exception) => exception switch
    {
        MilvusException e => e.Code is MilvusFault.Unreachable or MilvusFault.Deadline,
        // A probe that its caller cancelled must not count as a success.
        OperationCanceledException => _breaker.CircuitState == CircuitState.HalfOpen,
        _ => false,
    };
}
