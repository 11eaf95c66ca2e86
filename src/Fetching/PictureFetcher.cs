using System.Net;
using ImageSearch.Fetching.Guards;
using ImageSearch.Fetching.Http;
using ImageSearch.Memory;

namespace ImageSearch.Fetching;

/// <summary>
/// Fetches pictures from clients' URLs without letting them reach the inner network: the name is resolved once a hop,
/// all its addresses must be global (or the host listed), and exactly those are dialled.
/// </summary>
internal sealed class PictureFetcher : IDisposable
{
    private readonly PictureFetchOptions _options;
    private readonly IHostResolver _resolver;
    private readonly IDialer _dialer;
    private readonly BodyLimit _limit;
    private readonly TimeProvider _time;
    private readonly ILogger<PictureFetcher> _logger;
    private readonly SemaphoreSlim _places;
    private readonly FetchMetrics _metrics = new();

    /// <summary>A fetcher whose bodies count in a budget.</summary>
    /// <exception cref="ArgumentException">An option lies out of its range.</exception>
    public PictureFetcher(
        PictureFetchOptions options, IHostResolver resolver, IDialer dialer, ByteBudget budget, TimeProvider time, ILogger<PictureFetcher> logger)
    {
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));

        (_options, _resolver, _dialer, _time, _logger) = (options, resolver, dialer, time, logger);
        _limit = new BodyLimit(budget, options.MaxBytes, FetchFailures.TooLarge(options.MaxBytes));
        _places = new SemaphoreSlim(options.MaxConcurrent);
    }

    /// <summary>Fetches a picture's bytes, whatever the answer says of their type.</summary>
    /// <param name="url">The client's text.</param>
    /// <param name="cancellationToken">The client's going away; throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>The bytes, one of the url codes, or <see cref="FailureCode.Busy"/>.</returns>
    public async Task<Result<LoadedPicture>> FetchAsync(string? url, CancellationToken cancellationToken)
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
        _places.Dispose();
        _metrics.Dispose();
    }

    private async Task<Result<LoadedPicture>> FetchInTimeAsync(FetchTarget target, CancellationToken cancellationToken)
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

    private async Task<Result<LoadedPicture>> FollowAsync(FetchTarget target, CancellationToken cancellationToken)
    {
        var cookies = new FetchCookies();
        for (var redirects = 0; ; redirects++)
        {
            if (!(await AddressesOfAsync(target, cancellationToken)).TryGet(out var addresses, out var refused))
                return redirects == 0 ? refused : refused.AfterRedirect();

            var cookie = cookies.For(target);
            using var hop = await FetchHop.AskAsync(
                () => new GuardedConnection(_options, _dialer, _time, addresses),
                target.Uri,
                request => _options.Manners.Apply(request, cookie),
                cancellationToken);
            if (!hop.IsRedirect)
                return await PictureOfAsync(hop, cancellationToken);
            if (redirects == _options.RedirectLimit)
                return FetchFailures.TooManyRedirects;
            if (hop.Location is not { } location)
                return FetchFailures.NoLocation;
            cookies.Take(target, hop.Answer);
            if (!target.Redirect(location, _options.Allow).TryGet(out target!, out var wrong))
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

    private async Task<Result<LoadedPicture>> PictureOfAsync(FetchHop hop, CancellationToken cancellationToken)
    {
        if (hop.Answer.StatusCode != HttpStatusCode.OK)
            return FetchFailures.Status(hop.Answer.StatusCode);

        var stream = await hop.Answer.Content.ReadAsStreamAsync(cancellationToken);
        var received = await PictureBody.ReadAsync(stream, hop.Answer.Content.Headers.ContentLength, _limit, cancellationToken);
        if (!received.TryGet(out var body, out var failure)) return failure;
        if (!(await PackedBody.UnpackAsync(body, hop.Codings, _limit, cancellationToken)).TryGet(out body, out failure)) return failure;
        var picture = new LoadedPicture(body);
        if (AnswerText.Refuse(picture.Content.Span) is not { } text) return picture;
        picture.Dispose();
        return text;
    }

    private static HttpRequestError ReasonOf(Exception error) => error switch
    {
        HttpRequestException request => request.HttpRequestError,
        HttpIOException io => io.HttpRequestError,
        IOException => HttpRequestError.ResponseEnded,
        _ => HttpRequestError.ConnectionError,
    };
}
