namespace ImageSearch.Grains.Imports;

/// <summary>
/// The places for pictures of imports in this process. Fetching has its own: a host that is slow to answer holds up no picture that has
/// come. A picture keeps its place for fetching until it has one for embedding, so that few wait in memory.
/// </summary>
public sealed class ImportThrottle
{
    /// <summary>As many places as the options say.</summary>
    public ImportThrottle(ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var mostEach = Math.Max(1, options.FetchesAtATime * 3 / 4);
        Fetches = new FairPlaces(options.FetchesAtATime, mostEach, Math.Max(1, mostEach - 1));
        Pictures = new FairPlaces(options.PicturesAtATime, options.PicturesAtATime, options.PicturesAtATime);
    }

    /// <summary>For bringing a picture's bytes.</summary>
    internal FairPlaces Fetches { get; }

    /// <summary>For embedding and storing it.</summary>
    internal FairPlaces Pictures { get; }
}
