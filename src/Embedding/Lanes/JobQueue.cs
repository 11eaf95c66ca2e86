namespace ImageSearch.Embedding.Lanes;

/// <summary>A picture that waits for a lane.</summary>
/// <param name="Job">The picture.</param>
/// <param name="Cost">Estimated time of the work.</param>
/// <param name="IsKnown">Whether the estimate is based on the header of the picture.</param>
internal readonly record struct WaitingJob(EmbeddingJob Job, TimeSpan Cost, bool IsKnown);

/// <summary>
/// Pictures that wait for a lane. Pictures of imports come after the others, but every <see cref="ImportEvery"/>th picture is one, so that
/// imports progress on a busy service. Within each of the two, owners take turns (<see cref="OwnerTurns"/>), and those of one owner are
/// first in, first out.
/// </summary>
internal sealed class JobQueue
{
    /// <summary>At least one picture in so many is of an import, if any waits.</summary>
    internal const int ImportEvery = 10;

    private readonly object _gate = new(); // Not a Lock: threads wait on it.
    private readonly OwnerTurns _calls = new();
    private readonly OwnerTurns _imports = new();
    private int _callsInTurn;
    private bool _isCompleted;

    /// <summary>Whether no picture waits.</summary>
    internal bool IsEmpty
    {
        get
        {
            lock (_gate) return _calls.Count + _imports.Count == 0;
        }
    }

    internal void Add(in WaitingJob job)
    {
        lock (_gate)
        {
            (job.Job.IsImport ? _imports : _calls).Enqueue(job);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Accepts no more pictures.</summary>
    internal void CompleteAdding()
    {
        lock (_gate)
        {
            _isCompleted = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Takes the next picture, and waits for one; false when no more can come.</summary>
    internal bool TryTake(out WaitingJob job)
    {
        lock (_gate)
        {
            while (_calls.Count + _imports.Count == 0)
            {
                job = default;
                if (_isCompleted) return false;
                Monitor.Wait(_gate);
            }

            var isImport = _calls.Count == 0 || (_imports.Count > 0 && _callsInTurn >= ImportEvery - 1);
            _callsInTurn = isImport ? 0 : _callsInTurn + 1;
            job = (isImport ? _imports : _calls).Dequeue();
            return true;
        }
    }
}
