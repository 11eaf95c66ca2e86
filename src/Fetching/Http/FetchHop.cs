using System.Net;
using ImageSearch.Fetching.Guards;

namespace ImageSearch.Fetching.Http;

/// <summary>A host's answer, with the connection that its body comes by.</summary>
internal sealed class FetchHop : IDisposable
{
    // Hosts that are being restarted, and those behind balancers, cut a connection now and then.
    private const int MaxTries = 3;

    private readonly GuardedConnection _connection;

    private FetchHop(GuardedConnection connection, HttpResponseMessage answer) => (_connection, Answer) = (connection, answer);

    /// <summary>The answer.</summary>
    public HttpResponseMessage Answer { get; }

    /// <summary>Sends a GET, again on another connection where one was cut before any byte of an answer.</summary>
    /// <param name="connect">Makes a connection.</param>
    /// <param name="uri">The URL.</param>
    /// <param name="prepare">Gives the request its headers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">There is no answer.</exception>
    public static async Task<FetchHop> AskAsync(
        Func<GuardedConnection> connect, Uri uri, Action<HttpRequestMessage> prepare, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var connection = connect();
            HttpResponseMessage? answer = null;
            try
            {
                using var request = GuardedConnection.Request(uri);
                prepare(request);
                answer = await connection.SendAsync(request, cancellationToken);
                return new FetchHop(connection, answer);
            }
            catch (HttpRequestException error) when (connection.IsCut(error) && !cancellationToken.IsCancellationRequested)
            {
                if (tries == MaxTries) throw new HttpRequestException(HttpRequestError.ResponseEnded, error.Message, error);
            }
            finally
            {
                if (answer is null) connection.Dispose();
            }
        }
    }

    /// <summary>Whether it leads elsewhere.</summary>
    public bool IsRedirect => Answer.StatusCode
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>Where it leads; null where it does not say.</summary>
    public string? Location => Answer.Headers.NonValidated.TryGetValues("Location", out var found) ? RedirectLocation.Read(found.First()) : null;

    /// <summary>The codings that it names, such as gzip.</summary>
    public IReadOnlyCollection<string> Codings => Answer.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var lines)
        ? [.. lines.SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]
        : [];

    /// <inheritdoc/>
    public void Dispose()
    {
        Answer.Dispose();
        _connection.Dispose();
    }
}
