namespace ImageSearch.Grains.Imports;

/// <summary>
/// Limits the pictures of imports in this process. Fetching has a limiter of its own: a slow host does not delay pictures that are already
/// loaded. A picture keeps its permit for fetching until it has one for embedding, which bounds the loaded pictures in memory.
/// </summary>
public sealed class ImportThrottle
{
    // As many as one call to a table takes.
    private const int MaxStores = NewPicture.MaxPerAdd;

    /// <summary>A throttle with the limits of the options.</summary>
    public ImportThrottle(ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var maxPerImport = Math.Max(1, options.MaxFetches * 3 / 4);
        Fetches = new FairShareLimiter(options.MaxFetches, maxPerImport, maxPerHost: Math.Max(1, maxPerImport - 1));
        Embeddings = new FairShareLimiter(options.MaxEmbeddings, options.MaxEmbeddings, options.MaxEmbeddings);
        Stores = new FairShareLimiter(MaxStores, MaxStores, MaxStores);
    }

    /// <summary>Permits for loading a picture.</summary>
    internal FairShareLimiter Fetches { get; }

    /// <summary>Waits for a permit to load a picture.</summary>
    /// <param name="share">Whose work it is.</param>
    /// <param name="url">
    /// Its URL, whose host is a key for fairness; a path and null have none. The loader rejects invalid URLs.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal Task<IDisposable> AcquireFetchAsync(string share, string? url, CancellationToken cancellationToken) =>
        Fetches.AcquireAsync(share, Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Host : "", cancellationToken);

    /// <summary>Permits for embedding a picture.</summary>
    internal FairShareLimiter Embeddings { get; }

    /// <summary>Permits for storing a picture that is embedded. A picture acquires one before it returns the one for embedding.</summary>
    internal FairShareLimiter Stores { get; }
}
