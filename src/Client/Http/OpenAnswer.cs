namespace ImageSearch.Client.Http;

/// <summary>An answer that is read part by part.</summary>
internal sealed class OpenAnswer(HttpResponseMessage response, ProgressDeadline deadline) : IDisposable
{
    public HttpResponseMessage Response => response;

    public CancellationToken Token => deadline.Token;

    /// <summary>Moves to the next part; the time until it is limited.</summary>
    /// <exception cref="ImageSearchException">The connection broke off, or the part is not what it should be.</exception>
    public async ValueTask<bool> MoveNextAsync<T>(IAsyncEnumerator<T> parts)
    {
        deadline.Restart();
        try
        {
            return await parts.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (CallFailure.Of(e, deadline) is { } failure)
        {
            throw failure;
        }
        finally
        {
            deadline.Pause();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        response.Dispose();
        deadline.Dispose();
    }
}
