using System.Net;
using ImageSearch.Fetching.Guards;

namespace ImageSearch.Fetching.Http;

/// <summary>The response of a host, with the connection that its body is read from.</summary>
internal sealed class FetchHop : IDisposable
{
    // Hosts that restart, and hosts behind load balancers, sometimes drop a connection.
    private const int MaxAttempts = 3;

    private readonly GuardedConnection _connection;

    private FetchHop(GuardedConnection connection, HttpResponseMessage response) => (_connection, Response) = (connection, response);

    /// <summary>The response.</summary>
    public HttpResponseMessage Response { get; }

    /// <summary>Sends a GET; retries on another connection if one is dropped before the first byte of a response.</summary>
    /// <param name="connect">Creates a connection.</param>
    /// <param name="uri">The URL.</param>
    /// <param name="prepare">Adds the headers of the request.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="HttpRequestException">There is no response.</exception>
    public static async Task<FetchHop> SendAsync(
        Func<GuardedConnection> connect, Uri uri, Action<HttpRequestMessage> prepare, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var connection = connect();
            HttpResponseMessage? response = null;
            try
            {
                using var request = GuardedConnection.Request(uri);
                prepare(request);
                response = await connection.SendAsync(request, cancellationToken);
                return new FetchHop(connection, response);
            }
            catch (HttpRequestException error) when (connection.IsDropped(error) && !cancellationToken.IsCancellationRequested)
            {
                if (attempt == MaxAttempts) throw new HttpRequestException(HttpRequestError.ResponseEnded, error.Message, error);
            }
            finally
            {
                if (response is null) connection.Dispose();
            }
        }
    }

    /// <summary>Whether the response is a redirect.</summary>
    public bool IsRedirect => Response.StatusCode
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>The target of the redirect; null if there is none.</summary>
    public string? Location => Response.Headers.NonValidated.TryGetValues("Location", out var found) ? RedirectLocation.Read(found.First()) : null;

    /// <summary>The content codings that the response declares, such as gzip.</summary>
    public IReadOnlyCollection<string> Codings => Response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var lines)
        ? [.. lines.SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]
        : [];

    /// <inheritdoc/>
    public void Dispose()
    {
        Response.Dispose();
        _connection.Dispose();
    }
}
