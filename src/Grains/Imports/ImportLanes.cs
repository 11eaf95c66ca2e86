namespace ImageSearch.Grains;

/// <summary>The places for pictures of imports in this process.</summary>
public sealed class ImportLanes(ImportOptions options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.PicturesAtATime);

    /// <summary>Runs work when there is a place.</summary>
    internal async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();
}
