using System.Diagnostics.Metrics;

namespace ImageSearch.Api.Figures;

/// <summary>Reads the figures of the process. Each sample is about the time since the one before it.</summary>
internal sealed class FigureReader : IDisposable
{
    private readonly FigureCounts _counts = new();
    private readonly FigureListener _listener;
    private readonly string _dataPath;
    private readonly TimeProvider _time;
    private long _last;

    /// <param name="dataPath">DATA_PATH, whose disk is measured.</param>
    /// <param name="time">The clock.</param>
    /// <param name="selects">Which instruments are listened to; null for those of the whole process.</param>
    public FigureReader(string dataPath, TimeProvider time, Func<Instrument, bool>? selects = null)
    {
        (_dataPath, _time, _last) = (dataPath, time, time.GetTimestamp());
        _listener = new FigureListener(_counts, selects ?? (_ => true));
    }

    /// <summary>Takes a sample.</summary>
    public FigureSample Read()
    {
        var now = _time.GetTimestamp();
        var seconds = _time.GetElapsedTime(_last, now).TotalSeconds;
        _last = now;
        var (queue, waitingRows) = _listener.Observe();
        return new FigureSample(
            _time.GetUtcNow(),
            _counts.TakeAdds() / seconds,
            _counts.TakeSearches() / seconds,
            _counts.TakeStages(),
            queue,
            _counts.TakeRefused(),
            Environment.WorkingSet,
            GC.GetTotalMemory(forceFullCollection: false),
            waitingRows,
            DiskSpace.Of(_dataPath));
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
