using ImageSearch.Api.Limits;

namespace ImageSearch.Api.V1.Imports;

/// <summary>
/// Bounds how long a client may take to send one item of a list, blank lines included: it bounds how long a slow client holds memory and its
/// place among the imports that receive. What is done with an item is not the client's time.
/// </summary>
internal sealed class ItemDeadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _gone;

    /// <param name="time">Measures it.</param>
    /// <param name="clientIsGone">Ends it early.</param>
    public ItemDeadline(TimeProvider time, CancellationToken clientIsGone)
    {
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _gone = clientIsGone.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>The client is too slow, or gone: reads of the body end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The lines, each within <see cref="RequestLimits.BodyDeadline"/>.</summary>
    /// <param name="lines">Lines that are read with <see cref="Token"/>.</param>
    public async IAsyncEnumerable<ListLine> ReadAsync(IAsyncEnumerable<ListLine> lines)
    {
        await using var reading = lines.GetAsyncEnumerator(CancellationToken.None);
        while (await RunAsync(reading.MoveNextAsync)) yield return reading.Current;
    }

    /// <summary>Runs a read, with <see cref="Token"/>, of what the client sends.</summary>
    public async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> read)
    {
        _source.CancelAfter(RequestLimits.BodyDeadline);
        try
        {
            return await read();
        }
        finally
        {
            _source.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Dispose();
        _source.Dispose();
    }
}
