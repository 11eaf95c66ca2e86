using ImageSearch.Storage.Catalog;
using ImageSearch.VectorIndex;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>Tells the log how far the building of a table's graph is, every ten seconds at most; short work is not mentioned.</summary>
internal sealed class LinkingProgress(TableGeneration table, TimeProvider time, ILogger logger) : IProgress<IndexingProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly long _began = time.GetTimestamp();
    private long _told = time.GetTimestamp();
    private int? _linkedBefore;
    private int _linked;

    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    public void Report(IndexingProgress value)
    {
        _linkedBefore ??= value.Linked;
        _linked = value.Linked;
        if (time.GetElapsedTime(_told) < Pause)
            return;
        _told = time.GetTimestamp();
        double rate = (_linked - _linkedBefore.Value) / Elapsed.TotalSeconds;
        if (rate > 0)
            logger.LinkingProgress(table, _linked, value.Waiting, rate, value.Waiting / rate);
    }

    public void End()
    {
        if (Elapsed >= Pause)
            logger.LinkingEnded(table, _linked, Elapsed.TotalSeconds);
    }
}
