using System.Diagnostics.Metrics;

namespace ImageSearch.Embedding;

/// <summary>Counts searches that are answered with cached vectors, and the others.</summary>
public sealed class SearchCacheMetrics : IDisposable
{
    private readonly Meter _meter = new(EmbeddingMetrics.MeterName);
    private readonly Counter<long> _searches;

    /// <summary>Creates the meter and its counter.</summary>
    public SearchCacheMetrics() =>
        _searches = _meter.CreateCounter<long>(
            "imagesearch.embedding.cache.searches", "{search}", "Searches by a picture, by whether its vectors were cached: hit, miss.");

    /// <summary>The vectors were cached.</summary>
    public void Hit() => Add("hit");

    /// <summary>The picture is embedded.</summary>
    public void Missed() => Add("miss");

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Add(string result) => _searches.Add(1, new KeyValuePair<string, object?>("result", result));
}
