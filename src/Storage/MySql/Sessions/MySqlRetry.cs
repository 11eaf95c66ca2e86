using ImageSearch.Storage.Catalog;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>Retries work on transient errors of the server until a deadline, then throws <see cref="CatalogException"/>.</summary>
internal sealed class MySqlRetry
{
    private static readonly ResiliencePropertyKey<long> Started = new("imagesearch.started");

    private readonly MySqlOptions _options;
    private readonly ResiliencePipeline _pipeline;

    /// <param name="options">The server and the deadline.</param>
    /// <param name="logger">Logs retries.</param>
    /// <param name="metrics">Counts retries, or null.</param>
    public MySqlRetry(MySqlOptions options, ILogger logger, CatalogMetrics? metrics = null)
    {
        _options = options;
        _pipeline = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Exception is { } e && MySqlErrors.IsTransient(e) && !IsLate(args.Context)),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(20),
                MaxDelay = TimeSpan.FromSeconds(1),
                OnRetry = args =>
                {
                    metrics?.Retried();
                    logger.Retrying(args.AttemptNumber + 1, MySqlDriver.ErrorNumber(args.Outcome.Exception!), args.Outcome.Exception!.Message);
                    return default;
                },
            })
            .Build();
    }

    /// <exception cref="CatalogException">It could not be done in time, or not at all.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(Started, TimeProvider.System.GetTimestamp());
        try
        {
            return await _pipeline.ExecuteAsync(async _ => await work().ConfigureAwait(false), context).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (OperationCanceledException or CatalogException))
        {
            var translated = MySqlErrors.Translate(e, _options);
            if (ReferenceEquals(translated, e)) throw;
            throw translated;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private bool IsLate(ResilienceContext context) =>
        TimeProvider.System.GetElapsedTime(context.Properties.GetValue(Started, 0)) >= _options.RetryDeadline;
}
