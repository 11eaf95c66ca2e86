using ImageSearch.Storage.Catalog;
using ImageSearch.VectorIndex;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>Logs the progress of building a table's graph, at most every ten seconds; short work is not logged.</summary>
internal sealed class LinkingProgress(TableGeneration table, TimeProvider time, ILogger logger) : IProgress<IndexingProgress>
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);
    private readonly long _began = time.GetTimestamp();
    private long _lastLogged = time.GetTimestamp();
    private int? _linkedBefore;
    private int _linked;

    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    public void Report(IndexingProgress value)
    {
        _linkedBefore ??= value.Linked;
        _linked = value.Linked;
        if (time.GetElapsedTime(_lastLogged) < LogInterval)
            return;
        _lastLogged = time.GetTimestamp();
        double rate = (_linked - _linkedBefore.Value) / Elapsed.TotalSeconds;
        if (rate > 0)
            logger.LinkingProgress(table, _linked, value.Waiting, rate, value.Waiting / rate);
    }

    public void End()
    {
        if (Elapsed >= LogInterval)
            logger.LinkingEnded(table, _linked, Elapsed.TotalSeconds);
    }
}
