namespace ImageSearch.Client.Http;

/// <summary>An answer that is read part by part.</summary>
internal sealed class OpenAnswer(HttpResponseMessage response, ProgressDeadline deadline) : IDisposable
{
    private const int BytesPerPart = 64 * 1024;

    public HttpResponseMessage Response => response;

    public CancellationToken Token => deadline.Token;

    /// <summary>Moves to the next part; the time until it is limited.</summary>
    /// <exception cref="ImageSearchException">The connection broke off, or the part is not what it should be.</exception>
    public ValueTask<bool> MoveNextAsync<T>(IAsyncEnumerator<T> parts) => ReadAsync(parts.MoveNextAsync);

    /// <summary>Copies the body; the time until each part of it is limited.</summary>
    /// <exception cref="ImageSearchException">The connection broke off.</exception>
    public async Task CopyToAsync(Stream destination)
    {
        var buffer = new byte[BytesPerPart];
        var body = await ReadAsync(() => new ValueTask<Stream>(response.Content.ReadAsStreamAsync(Token))).ConfigureAwait(false);
        while (await ReadAsync(() => body.ReadAsync(buffer, Token)).ConfigureAwait(false) is > 0 and var count)
            await destination.WriteAsync(buffer.AsMemory(0, count), deadline.Caller).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        response.Dispose();
        deadline.Dispose();
    }

    private async ValueTask<T> ReadAsync<T>(Func<ValueTask<T>> read)
    {
        deadline.Restart();
        try
        {
            return await read().ConfigureAwait(false);
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
}
