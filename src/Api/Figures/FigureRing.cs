namespace ImageSearch.Api.Figures;

/// <summary>The samples of the last hour. The oldest one makes place for a new one.</summary>
internal sealed class FigureRing
{
    /// <summary>Samples of an hour.</summary>
    public const int Capacity = 360;

    private readonly Lock _gate = new();
    private readonly FigureSample?[] _samples = new FigureSample?[Capacity];
    private long _added;

    /// <summary>Keeps a sample.</summary>
    public void Add(FigureSample sample)
    {
        lock (_gate) _samples[_added++ % Capacity] = sample;
    }

    /// <summary>The samples, oldest first.</summary>
    public IReadOnlyList<FigureSample> Read()
    {
        lock (_gate)
        {
            var first = Math.Max(0, _added - Capacity);
            var samples = new FigureSample[_added - first];
            for (var i = 0; i < samples.Length; i++) samples[i] = _samples[(first + i) % Capacity]!;
            return samples;
        }
    }
}
