using Amazon.S3;
using ImageSearch.Storage.Catalog;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.S3;

/// <summary>The funnel of all calls: it bounds their number and time, and translates, measures and reports their failures.</summary>
internal sealed class S3Calls(S3Options options, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly AmazonS3Client _client = S3Client.Create(options);
    private readonly SemaphoreSlim _places = new(options.MaxCalls, options.MaxCalls);
    private readonly S3Metrics _metrics = new();
    // Without calls, nobody learns that the store is back.
    private static readonly TimeSpan FaultMemory = TimeSpan.FromMinutes(1);

    private readonly string _store = options.ToString();
    private StoreFault? _fault;

    /// <summary>The server and bucket, for messages.</summary>
    public string Store => _store;

    /// <summary>Why the last call failed, if that was in the last minute; null if it succeeded.</summary>
    public string? Fault => Volatile.Read(ref _fault) is { } fault && time.GetElapsedTime(fault.At) < FaultMemory ? fault.Reason : null;

    /// <param name="name">The name of the call in metrics.</param>
    /// <param name="callAsync">Sends it.</param>
    /// <param name="expected">Returns a value for failures that say something about the object and nothing about the store.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CatalogException">The store can't be used now.</exception>
    public async Task<T> RunAsync<T>(
        string name, Func<AmazonS3Client, CancellationToken, Task<T>> callAsync, Func<Exception, (bool IsExpected, T Value)> expected,
        CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        try
        {
            var result = await SendAsync(callAsync, cancellationToken).ConfigureAwait(false);
            Ended("ok");
            return result;
        }
        catch (Exception e) when (expected(e) is { IsExpected: true } known)
        {
            Ended("refused");
            return known.Value;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _metrics.Ended(name, "cancelled", time.GetElapsedTime(start));
            throw;
        }
        catch (Exception e)
        {
            _metrics.Ended(name, "failed", time.GetElapsedTime(start));
            Failed(e);
            throw S3Faults.Unavailable();
        }

        void Ended(string outcome)
        {
            _metrics.Ended(name, outcome, time.GetElapsedTime(start));
            if (Interlocked.Exchange(ref _fault, null) is not null) logger.StoreRecovered(_store);
        }
    }

    /// <summary>Sends one call whose failure is the caller's.</summary>
    public async Task<T> SendAsync<T>(Func<AmazonS3Client, CancellationToken, Task<T>> callAsync, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        await _places.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            return await callAsync(_client, either.Token).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Reports a failure, once until a call succeeds: an outage fails many calls.</summary>
    public void Failed(Exception exception)
    {
        var reason = S3Faults.Reason(exception, options);
        if (Interlocked.Exchange(ref _fault, new StoreFault(reason, time.GetTimestamp())) is null) logger.StoreFailed(_store, reason, exception);
    }

    public void Dispose()
    {
        _client.Dispose();
        _places.Dispose();
        _metrics.Dispose();
    }

    private sealed record StoreFault(string Reason, long At);
}
