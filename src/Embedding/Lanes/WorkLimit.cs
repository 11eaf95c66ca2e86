namespace ImageSearch.Embedding.Lanes;

/// <summary>
/// Ends the work on a picture that takes too much CPU time, or that its caller does not want any more. Asked between rows, views and runs:
/// each call into a native library in between is bounded by the picture's structure and size.
/// </summary>
internal sealed class WorkLimit(TimeSpan most)
{
    private TimeSpan _end;
    private EmbeddingJob? _job;

    /// <summary>Work on a picture begins on the calling thread.</summary>
    internal void Begin(EmbeddingJob job) => (_job, _end) = (job, ThreadClock.Now + most);

    /// <summary>The work has ended; nothing of it is kept.</summary>
    internal void End() => _job = null;

    /// <exception cref="WorkEndedException">The work is to end.</exception>
    internal void Check()
    {
        if (_job is { IsGivenUp: true }) throw new WorkEndedException(isGivenUp: true);
        if (ThreadClock.Now > _end) throw new WorkEndedException(isGivenUp: false);
    }
}

/// <summary>The work on a picture was ended before it was done.</summary>
internal sealed class WorkEndedException(bool isGivenUp) : Exception
{
    /// <summary>Its caller has gone; else it took too long.</summary>
    internal bool IsGivenUp { get; } = isGivenUp;
}
