namespace ImageSearch.Embedding.Lanes;

/// <summary>
/// Estimates how long the queued work of a lane group takes, corrected by the ratio of actual to estimated time of recent pictures: a busy
/// machine is slower than estimated. Owners take turns, so that an owner waits for its own pictures and as long for those of each other one.
/// </summary>
internal sealed class LaneLoad(int lanes)
{
    // Exponential averages over about the last 20 pictures.
    private const double Weight = 0.05;
    private static readonly TimeSpan FirstGuess = TimeSpan.FromMilliseconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Pictures, TimeSpan Pending)> _owners = new(StringComparer.Ordinal);
    private TimeSpan _pending;
    private int _pictures;
    private double _slowness = 1;
    private double _average = FirstGuess.TotalSeconds;

    /// <summary>Estimated wait for a lane of a picture that is added next.</summary>
    internal TimeSpan Wait
    {
        get
        {
            lock (_gate) return _pictures < lanes ? TimeSpan.Zero : _pending * _slowness / lanes;
        }
    }

    /// <summary>
    /// As <see cref="Wait"/>, of a picture of an owner. One who alone fills the queue delays himself only; one of many waits for a turn of
    /// each.
    /// </summary>
    internal TimeSpan WaitOf(string? owner, TimeSpan cost)
    {
        lock (_gate)
        {
            if (_pictures < lanes) return TimeSpan.Zero;
            var isNew = !_owners.TryGetValue(owner ?? "", out var held);
            var own = (held.Pending + cost) * (_owners.Count + (isNew ? 1 : 0));
            return (own < _pending ? own : _pending) * _slowness / lanes;
        }
    }

    /// <summary>Average time of a picture.</summary>
    internal TimeSpan AverageTime
    {
        get
        {
            lock (_gate) return TimeSpan.FromSeconds(_average);
        }
    }

    /// <summary>Adds a picture with this estimate.</summary>
    internal void Enter(TimeSpan cost, string? owner = null)
    {
        lock (_gate)
        {
            var held = _owners.GetValueOrDefault(owner ?? "");
            _owners[owner ?? ""] = (held.Pictures + 1, held.Pending + cost);
            _pictures++;
            _pending += cost;
        }
    }

    /// <summary>Removes a picture that was not processed.</summary>
    internal void Exit(TimeSpan cost, string? owner = null)
    {
        lock (_gate)
        {
            var held = _owners[owner ?? ""];
            if (held.Pictures > 1) _owners[owner ?? ""] = (held.Pictures - 1, held.Pending - cost);
            else _owners.Remove(owner ?? "");
            _pictures--;
            _pending -= cost;
        }
    }

    /// <summary>Removes a processed picture and learns from its time.</summary>
    /// <param name="cost">The estimate.</param>
    /// <param name="took">The actual time.</param>
    /// <param name="isRepresentative">
    /// Whether the estimate was based on the header and the picture was embedded; other pictures say nothing about the speed of the
    /// machine.
    /// </param>
    /// <param name="owner">The owner of the picture; null for none.</param>
    internal void Exit(TimeSpan cost, TimeSpan took, bool isRepresentative, string? owner = null)
    {
        Exit(cost, owner);
        lock (_gate)
        {
            if (isRepresentative) _slowness += Weight * (Math.Clamp(took / cost, 0.1, 10) - _slowness);
            _average += Weight * (took.TotalSeconds - _average);
        }
    }
}
