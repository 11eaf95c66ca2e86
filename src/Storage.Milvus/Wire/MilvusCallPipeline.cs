using Grpc.Core;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>
/// What every call goes through: one deadline over all its tries, tries again after faults that pass, a circuit breaker, the mapping to
/// <see cref="MilvusException"/>, metrics. All calls may be repeated: a second upsert or delete changes nothing.
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
                    MilvusLog.TriedAgain(logger, call, args.AttemptNumber + 1, args.Outcome.Exception!.Message);
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
                    MilvusLog.BreakerOpened(logger, _options.ToString(), ProbeInterval.TotalSeconds);
                    return default;
                },
                OnClosed = _ =>
                {
                    MilvusLog.BreakerClosed(logger, _options.ToString());
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Calls fail at once, but for one now and then.</summary>
    public bool IsOpen => _breaker.CircuitState is CircuitState.Open or CircuitState.HalfOpen;

    public MilvusMetrics Metrics => _metrics;

    /// <summary>Does a call.</summary>
    /// <param name="call">Its name, for metrics.</param>
    /// <param name="timeout">How long it may take with all its tries.</param>
    /// <param name="attempt">One try; it is given the time that is left. It throws what it will.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="MilvusException">It could not be done.</exception>
    public async Task<T> RunAsync<T>(
        string call, TimeSpan timeout, Func<TimeSpan, CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, either.Token);
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
                        return await TryAsync(timeout, started, attempt, either.Token, cancellationToken).ConfigureAwait(false);
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
            throw MilvusFaults.Unreachable(_options, last is null ? "it has not been for some calls" : "it has failed some times", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The deadline came while the call waited for its next try: what it waited after says more.
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
            _metrics.Ended(call, outcome, _time.GetElapsedTime(started));
        }
    }

    public void Dispose() => _metrics.Dispose();

    private async Task<T> TryAsync<T>(
        TimeSpan timeout, long started, Func<TimeSpan, CancellationToken, Task<T>> attempt,
        CancellationToken either, CancellationToken cancellationToken)
    {
        var left = timeout - _time.GetElapsedTime(started);
        // While one call tries whether the server is back all others fail: it must not take long over it.
        if (_breaker.CircuitState == CircuitState.HalfOpen && left > _options.SearchTimeout) left = _options.SearchTimeout;
        using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(either, limit.Token);
        try
        {
            return await attempt(left, any.Token).ConfigureAwait(false);
        }
        catch (MilvusException)
        {
            throw;
        }
        catch (Exception e) when (any.IsCancellationRequested)
        {
            // The channel reports a cancelled call in several ways, by where it was.
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
        // A caller that went away must not make a trial a success.
        OperationCanceledException => _breaker.CircuitState == CircuitState.HalfOpen,
        _ => false,
    };
}
