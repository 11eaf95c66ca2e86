namespace ImageSearch.Embedding.Lanes;

/// <summary>
/// How long a lane group's work takes, by its estimates and by how right they have been: a busy machine is slower than estimated, and
/// waits grow with it.
/// </summary>
internal sealed class LaneLoad(int lanes)
{
    // Of the last some twenty pictures.
    private const double Weight = 0.05;
    private static readonly TimeSpan FirstGuess = TimeSpan.FromMilliseconds(30);

    private readonly Lock _gate = new();
    private TimeSpan _inside;
    private int _pictures;
    private double _slowness = 1;
    private double _usual = FirstGuess.TotalSeconds;

    /// <summary>How long a picture that comes now would wait for a lane.</summary>
    internal TimeSpan Wait
    {
        get
        {
            lock (_gate) return _pictures < lanes ? TimeSpan.Zero : _inside * _slowness / lanes;
        }
    }

    /// <summary>What a picture took on average.</summary>
    internal TimeSpan Usual
    {
        get
        {
            lock (_gate) return TimeSpan.FromSeconds(_usual);
        }
    }

    /// <summary>A picture of this estimate has come.</summary>
    internal void Come(TimeSpan cost)
    {
        lock (_gate)
        {
            _pictures++;
            _inside += cost;
        }
    }

    /// <summary>It has left without any work on it.</summary>
    internal void Leave(TimeSpan cost)
    {
        lock (_gate)
        {
            _pictures--;
            _inside -= cost;
        }
    }

    /// <summary>It has left, and took so long.</summary>
    /// <param name="cost">Its estimate.</param>
    /// <param name="took">How long it was worked on.</param>
    /// <param name="isTelling">Whether the estimate was of this picture and it was embedded to its end: others say nothing of the machine.</param>
    internal void Leave(TimeSpan cost, TimeSpan took, bool isTelling)
    {
        Leave(cost);
        lock (_gate)
        {
            if (isTelling) _slowness += Weight * (Math.Clamp(took / cost, 0.1, 10) - _slowness);
            _usual += Weight * (took.TotalSeconds - _usual);
        }
    }
}
