using System.Diagnostics.Metrics;
using ImageSearch.Embedding;

namespace ImageSearch.Silo.Backend;

/// <summary>Counts searches that were answered with cached vectors, and the others.</summary>
internal sealed class SearchCacheMetrics : IDisposable
{
    private readonly Meter _meter = new(EmbeddingMetrics.MeterName);
    private readonly Counter<long> _searches;

    public SearchCacheMetrics() =>
        _searches = _meter.CreateCounter<long>(
            "imagesearch.embedding.cache.searches", "{search}", "Searches by a picture, by whether its vectors were cached: hit, miss.");

    public void Hit() => Add("hit");

    public void Missed() => Add("miss");

    public void Dispose() => _meter.Dispose();

    private void Add(string result) => _searches.Add(1, new KeyValuePair<string, object?>("result", result));
}
