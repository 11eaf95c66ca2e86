using System.Net;
using ImageSearch.Fetching.Guards;
using ImageSearch.Fetching.Http;
using ImageSearch.Memory;

namespace ImageSearch.Fetching;

/// <summary>
/// Fetches pictures from clients' URLs without giving them access to the internal network: the name is resolved once per hop, all its
/// addresses must be global (or the host listed in <see cref="PictureFetchOptions.Allow"/>), and only those addresses are dialled.
/// </summary>
public sealed class PictureFetcher : IDisposable
{
    /// <summary>The longest URL that is fetched, in UTF-16 characters: presigned URLs are longer than 1,000.</summary>
    public const int MaxUrlLength = 8192;

    private readonly PictureFetchOptions _options;
    private readonly IHostResolver _resolver;
    private readonly IDialer _dialer;
    private readonly BodyLimit _limit;
    private readonly TimeProvider _time;
    private readonly ILogger<PictureFetcher> _logger;
    private readonly SemaphoreSlim _slots;
    private readonly FetchMetrics _metrics = new();

    // Disposes of the resolver.
    internal PictureFetcher(
        PictureFetchOptions options, IHostResolver resolver, IDialer dialer, ByteBudget budget, TimeProvider time, ILogger<PictureFetcher> logger)
    {
        if (options.Problems().FirstOrDefault() is { } problem) throw new ArgumentException(problem, nameof(options));

        (_options, _resolver, _dialer, _time, _logger) = (options, resolver, dialer, time, logger);
        _limit = new BodyLimit(budget, options.MaxBytes, FetchFailures.TooLarge(options.MaxBytes));
        _slots = new SemaphoreSlim(options.MaxConcurrent);
    }

    /// <summary>Creates a fetcher that resolves names as the operating system does.</summary>
    /// <param name="options">Its limits.</param>
    /// <param name="budget">Counts the bytes of fetched pictures until they are disposed of.</param>
    /// <param name="time">The clock of the time limits.</param>
    /// <param name="logger">Receives failed fetches, with the host but without the URL.</param>
    /// <exception cref="ArgumentException">An option is out of its bounds; names it.</exception>
    public static PictureFetcher Create(PictureFetchOptions options, ByteBudget budget, TimeProvider time, ILogger<PictureFetcher> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new PictureFetcher(options, new SystemHostResolver(options.MaxConcurrent), new TcpDialer(), budget, time, logger);
    }

    /// <summary>Fetches a picture's bytes. The response's content type is ignored.</summary>
    /// <param name="url">The client's text, at most <see cref="MaxUrlLength"/> characters.</param>
    /// <param name="cancellationToken">Ends the fetch with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The bytes, a failure with one of the URL codes, or <see cref="FailureCode.Busy"/>.</returns>
    public async Task<Result<LoadedPicture>> FetchAsync(string? url, CancellationToken cancellationToken)
    {
        if (!FetchTarget.Parse(url, _options.Allow).TryGet(out var target, out var malformed)) return malformed;

        var started = _time.GetTimestamp();
        var result = await FetchInTimeAsync(target, cancellationToken);
        _metrics.Ended(Outcome.Of(result.Failure), _time.GetElapsedTime(started));
        if (result.Failure is { } failure) _logger.FetchFailed(target.Host.Name, failure.Code);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _slots.Dispose();
        _metrics.Dispose();
        (_resolver as IDisposable)?.Dispose();
    }

    private async Task<Result<LoadedPicture>> FetchInTimeAsync(FetchTarget target, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.TimeLimit, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var hasSlot = false;
        try
        {
            await _slots.WaitAsync(linked.Token);
            hasSlot = true;
            return await FollowAsync(target, linked.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The timeout ends reads and handshakes with various exceptions, so it is asked itself.
            if (timeout.IsCancellationRequested) return hasSlot ? FetchFailures.Timeout(_options.TimeLimit) : FetchFailures.Busy;
            var reason = ReasonOf(error);
            _logger.ConnectionFailed(target.Host.Name, reason);
            return FetchFailures.Unreachable(reason);
        }
        finally
        {
            if (hasSlot) _slots.Release();
        }
    }

    private async Task<Result<LoadedPicture>> FollowAsync(FetchTarget target, CancellationToken cancellationToken)
    {
        var cookies = new FetchCookies();
        for (var redirects = 0; ; redirects++)
        {
            if (!(await AddressesOfAsync(target, cancellationToken)).TryGet(out var addresses, out var rejected))
            {
                return redirects == 0 ? rejected : rejected.AfterRedirect();
            }

            var cookie = cookies.For(target);
            using var hop = await FetchHop.SendAsync(
                () => new GuardedConnection(_options, _dialer, _time, addresses),
                target.Uri,
                request => _options.Headers.Apply(request, cookie),
                cancellationToken);
            if (!hop.IsRedirect) return await PictureOfAsync(hop, cancellationToken);
            if (redirects == _options.RedirectLimit) return FetchFailures.TooManyRedirects;
            if (hop.Location is not { } location) return FetchFailures.NoLocation;
            cookies.Store(target, hop.Response);
            if (!target.Redirect(location, _options.Allow).TryGet(out target!, out var wrong)) return wrong.AfterRedirect();
        }
    }

    // One address that is not global rejects the host: a name that resolves to both public and internal addresses is an attack or a
    // mistake.
    private async Task<Result<IReadOnlyList<IPAddress>>> AddressesOfAsync(FetchTarget target, CancellationToken cancellationToken)
    {
        var found = target.Host.Address is { } address ? [address] : await _resolver.ResolveAsync(target.Host.Name, cancellationToken);
        var addresses = found.Select(each => each.IsIPv4MappedToIPv6 ? each.MapToIPv4() : each).ToArray();
        if (target.IsListed) return addresses.Length > 0 ? addresses : FetchFailures.NoAddress;
        return addresses.Length > 0 && addresses.All(GlobalAddress.Is) ? addresses : FetchFailures.Address;
    }

    private async Task<Result<LoadedPicture>> PictureOfAsync(FetchHop hop, CancellationToken cancellationToken)
    {
        if (hop.Response.StatusCode != HttpStatusCode.OK) return FetchFailures.Status(hop.Response.StatusCode);

        var stream = await hop.Response.Content.ReadAsStreamAsync(cancellationToken);
        var received = await PictureBody.ReadAsync(stream, hop.Response.Content.Headers.ContentLength, _limit, cancellationToken);
        if (!received.TryGet(out var body, out var failure)) return failure;
        if (!(await CompressedBody.DecompressAsync(body, hop.Codings, _limit, cancellationToken)).TryGet(out body, out failure)) return failure;
        var picture = new LoadedPicture(body);
        if (TextResponse.Check(picture.Content.Span) is not { } text) return picture;
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
