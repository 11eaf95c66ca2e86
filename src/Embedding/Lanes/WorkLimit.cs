namespace ImageSearch.Embedding.Lanes;

/// <summary>
/// Stops the work on a picture that uses too much CPU time or is abandoned. Checked between rows, views and inference runs: each native
/// call between two checks is bounded by the structure and size of the picture.
/// </summary>
internal sealed class WorkLimit(TimeSpan cpuTime)
{
    private TimeSpan _end;
    private EmbeddingJob? _job;

    /// <summary>Starts the limit for a picture on the calling thread.</summary>
    internal void Begin(EmbeddingJob job) => (_job, _end) = (job, ThreadClock.Now + cpuTime);

    /// <summary>Releases the picture.</summary>
    internal void Clear() => _job = null;

    /// <summary>Throws if the work must stop.</summary>
    /// <exception cref="WorkStoppedException">The picture is abandoned or has used its CPU time.</exception>
    internal void Check()
    {
        if (_job is { IsAbandoned: true }) throw new WorkStoppedException(isAbandoned: true);
        if (ThreadClock.Now > _end) throw new WorkStoppedException(isAbandoned: false);
    }
}

/// <summary>The work on a picture was stopped before it was complete.</summary>
internal sealed class WorkStoppedException(bool isAbandoned) : Exception
{
    /// <summary>Whether the picture is abandoned; otherwise it has used its CPU time.</summary>
    internal bool IsAbandoned { get; } = isAbandoned;
}
