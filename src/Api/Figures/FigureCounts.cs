namespace ImageSearch.Api.Figures;

/// <summary>What happened in the process since the last sample. Many threads record, the sampler takes.</summary>
internal sealed class FigureCounts
{
    private readonly DurationBuckets[] _stages = [.. Enum.GetValues<FigureStage>().Select(_ => new DurationBuckets())];
    private long _adds;
    private long _searches;
    private long _refused;

    /// <summary>Pictures were stored.</summary>
    public void Added(long pictures = 1) => Interlocked.Add(ref _adds, pictures);

    /// <summary>A table was searched.</summary>
    public void Searched() => Interlocked.Increment(ref _searches);

    /// <summary>A call was refused because the service is busy or its caller too fast.</summary>
    public void Refused() => Interlocked.Increment(ref _refused);

    /// <summary>A stage of a search has ended.</summary>
    public void Ended(FigureStage stage, double seconds) => _stages[(int)stage].Record(seconds);

    /// <summary>Pictures stored since the last call.</summary>
    public long TakeAdds() => Interlocked.Exchange(ref _adds, 0);

    /// <summary>Searches since the last call.</summary>
    public long TakeSearches() => Interlocked.Exchange(ref _searches, 0);

    /// <summary>Refused calls since the last call.</summary>
    public long TakeRefused() => Interlocked.Exchange(ref _refused, 0);

    /// <summary>The times of each stage since the last call, in the order of <see cref="FigureStage"/>.</summary>
    public IReadOnlyList<Percentiles?> TakeStages() => [.. _stages.Select(stage => stage.Take())];
}
