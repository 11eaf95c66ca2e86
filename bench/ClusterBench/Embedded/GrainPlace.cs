using ImageSearch.Grains.Local;

namespace ImageSearch.ClusterBench;

/// <summary>Where the grain is: in this process.</summary>
internal sealed class GrainPlace : IAsyncDisposable
{
    public const string Edition = "embedded";

    private readonly LocalGrainFactory _grains = new([typeof(FixedGrain)], _ => new FixedGrain());

    public IGrainFactory Grains => _grains;

    public static Task<GrainPlace> StartAsync() => Task.FromResult(new GrainPlace());

    public ValueTask DisposeAsync() => _grains.DisposeAsync();
}
