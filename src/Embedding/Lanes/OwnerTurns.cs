namespace ImageSearch.Embedding.Lanes;

/// <summary>
/// Pictures that wait, by owner: owners take turns, and each gets the same estimated time (deficit round robin). The pictures of one owner
/// stay in order. So one with a thousand pictures delays another's next one by at most a turn. Not thread-safe.
/// </summary>
internal sealed class OwnerTurns
{
    /// <summary>Estimated time that an owner gets in a turn: that of a typical picture. A longer one waits for several turns.</summary>
    internal static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(25);

    // An estimate of nothing would give an owner turns without end.
    private static readonly TimeSpan MinCost = TimeSpan.FromMilliseconds(1);

    private readonly Dictionary<string, OwnerJobs> _owners = new(StringComparer.Ordinal);
    private readonly Queue<OwnerJobs> _ring = new();

    /// <summary>Pictures that wait.</summary>
    internal int Count { get; private set; }

    internal void Enqueue(in WaitingJob job)
    {
        Count++;
        var owner = job.Job.Owner ?? "";
        if (!_owners.TryGetValue(owner, out var jobs))
        {
            jobs = new OwnerJobs(owner);
            _owners.Add(owner, jobs);
            _ring.Enqueue(jobs);
        }

        jobs.Waiting.Enqueue(job);
    }

    /// <summary>Takes the next picture; there must be one.</summary>
    internal WaitingJob Dequeue()
    {
        while (true)
        {
            var owner = _ring.Peek();
            if (!owner.IsInTurn) (owner.IsInTurn, owner.Deficit) = (true, owner.Deficit + Turn);
            // An owner that is alone needs no turns.
            var cost = CostOf(owner.Waiting.Peek());
            if (cost <= owner.Deficit || _ring.Count == 1) return Take(owner, cost);
            owner.IsInTurn = false;
            _ring.Enqueue(_ring.Dequeue());
        }
    }

    private WaitingJob Take(OwnerJobs owner, TimeSpan cost)
    {
        Count--;
        owner.Deficit -= cost < owner.Deficit ? cost : owner.Deficit;
        var job = owner.Waiting.Dequeue();
        if (owner.Waiting.Count > 0) return job;
        // An owner that comes back has no claim on the time before.
        _ring.Dequeue();
        _owners.Remove(owner.Name);
        return job;
    }

    private static TimeSpan CostOf(in WaitingJob job) => job.Cost > MinCost ? job.Cost : MinCost;

    private sealed class OwnerJobs(string name)
    {
        public string Name => name;

        public Queue<WaitingJob> Waiting { get; } = new();

        public TimeSpan Deficit { get; set; }

        public bool IsInTurn { get; set; }
    }
}
