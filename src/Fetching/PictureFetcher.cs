using System.Net;

namespace ImageSearch.Fetching;

/// <summary>
/// Fetches pictures from clients' URLs without letting them reach the inner network: the name is resolved once a hop,
/// all its addresses must be global (or the host listed), and exactly those are dialled.
/// </summary>
internal sealed class PictureFetcher : IDisposable
{
    private static readonly string UserAgent = $"ImageSearch/{typeof(PictureFetcher).Assembly.GetName().Version?.ToString(3)}";

    private readonly PictureFetchOptions _options;
    private readonly IHostResolver _resolver;
    private readonly TimeProvider _time;
    private readonly ILogger<PictureFetcher> _logger;
    private readonly HttpMessageInvoker _client;
    private readonly SemaphoreSlim _places;
    private readonly FetchMetrics _metrics = new();

    /// <summary>A fetcher that keeps its connections until it is disposed of.</summary>
    /// <exception cref="ArgumentException">An option lies out of its range.</exception>
    public PictureFetcher(
        PictureFetchOptions options, IHostResolver resolver, IDialer dialer, TimeProvider time, ILogger<PictureFetcher> logger)
    {
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));

        (_options, _resolver, _time, _logger) = (options, resolver, time, logger);
        _client = new HttpMessageInvoker(new GuardedConnection(options, dialer, time).Handler());
        _places = new SemaphoreSlim(options.MaxConcurrent);
    }

    /// <summary>Fetches a picture's bytes, whatever the answer says of their type.</summary>
    /// <param name="url">The client's text.</param>
    /// <param name="cancellationToken">The client's going away; throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>The bytes, one of the url codes, or <see cref="FailureCode.Busy"/>.</returns>
    public async Task<Result<ReadOnlyMemory<byte>>> FetchAsync(string? url, CancellationToken cancellationToken)
    {
        if (!FetchTarget.Parse(url, _options.Allow).TryGet(out var target, out var malformed))
            return malformed;

        var began = _time.GetTimestamp();
        var result = await FetchInTimeAsync(target, cancellationToken);
        _metrics.Ended(Outcome.Of(result.Failure), _time.GetElapsedTime(began));
        if (result.Failure is { } failure)
            PictureFetchLog.FetchFailed(_logger, target.Host.Name, failure.Code);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _places.Dispose();
        _metrics.Dispose();
    }

    private async Task<Result<ReadOnlyMemory<byte>>> FetchInTimeAsync(FetchTarget target, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.TimeLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var hasPlace = false;
        try
        {
            await _places.WaitAsync(either.Token);
            hasPlace = true;
            return await FollowAsync(target, either.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The limit ends reads and handshakes in several ways; what counts is that it has passed.
            if (limit.IsCancellationRequested)
                return hasPlace ? FetchFailures.Timeout(_options.TimeLimit) : FetchFailures.Busy;
            var reason = ReasonOf(error);
            PictureFetchLog.ConnectionFailed(_logger, target.Host.Name, reason);
            return FetchFailures.Unreachable(reason);
        }
        finally
        {
            if (hasPlace)
                _places.Release();
        }
    }

    private async Task<Result<ReadOnlyMemory<byte>>> FollowAsync(FetchTarget target, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            if (!(await AddressesOfAsync(target, cancellationToken)).TryGet(out var addresses, out var refused))
                return redirects == 0 ? refused : refused.AfterRedirect();

            using var request = GuardedConnection.Request(target.Uri, addresses);
            request.Headers.UserAgent.ParseAdd(UserAgent);
            request.Headers.AcceptEncoding.ParseAdd("identity");
            using var response = await _client.SendAsync(request, cancellationToken);
            if (!IsRedirect(response.StatusCode))
                return await PictureOfAsync(response, cancellationToken);
            if (redirects == _options.MaxRedirects)
                return FetchFailures.TooManyRedirects;
            if (!response.Headers.NonValidated.TryGetValues("Location", out var locations))
                return FetchFailures.NoLocation;
            if (!target.Redirect(locations.First(), _options.Allow).TryGet(out target!, out var wrong))
                return wrong.AfterRedirect();
        }
    }

    // One address that is not global refuses the host: a name that leads both out and in is an attack or a fault.
    private async Task<Result<IReadOnlyList<IPAddress>>> AddressesOfAsync(FetchTarget target, CancellationToken cancellationToken)
    {
        var found = target.Host.Address is { } address ? [address] : await _resolver.ResolveAsync(target.Host.Name, cancellationToken);
        var addresses = found.Select(each => each.IsIPv4MappedToIPv6 ? each.MapToIPv4() : each).ToArray();
        if (target.IsListed)
            return addresses.Length > 0 ? addresses : FetchFailures.NoAddress;
        return addresses.Length > 0 && addresses.All(GlobalAddress.Is) ? addresses : FetchFailures.Address;
    }

    private async Task<Result<ReadOnlyMemory<byte>>> PictureOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
            return FetchFailures.Status(response.StatusCode);

        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var announced = response.Content.Headers.ContentLength;
        return await PictureBody.ReadAsync(stream, announced, _options.MaxBytes, cancellationToken) is { } picture
            ? picture
            : FetchFailures.TooLarge(_options.MaxBytes);
    }

    private static bool IsRedirect(HttpStatusCode status) => status
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static HttpRequestError ReasonOf(Exception error) => error switch
    {
        HttpRequestException request => request.HttpRequestError,
        HttpIOException io => io.HttpRequestError,
        IOException => HttpRequestError.ResponseEnded,
        _ => HttpRequestError.ConnectionError,
    };
}
