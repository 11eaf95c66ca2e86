using System.Collections.Frozen;
using System.Reflection;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Local;

/// <summary>What a grain class says about its scheduling.</summary>
internal sealed class GrainClass(Type type)
{
    private readonly int _workers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 1;
    private uint _calls;

    public Type Type { get; } = type;

    /// <summary>Calls may interleave at their awaits; otherwise one call ends before the next begins.</summary>
    public bool Reentrant { get; } = type.IsDefined(typeof(ReentrantAttribute), inherit: true);

    /// <summary>Which activation takes the next call: always the same one, but for stateless workers.</summary>
    public int NextWorker() => _workers == 1 ? 0 : (int)(Interlocked.Increment(ref _calls) % (uint)_workers);
}

/// <summary>The grain classes by their interfaces.</summary>
internal sealed class FrozenGrainClasses
{
    private readonly FrozenDictionary<Type, GrainClass> _byInterface;

    public FrozenGrainClasses(IEnumerable<Type> types) =>
        _byInterface = types.ToFrozenDictionary(
            type => type.GetInterfaces().Single(i => i != typeof(IGrainWithStringKey) && typeof(IGrainWithStringKey).IsAssignableFrom(i)),
            type => new GrainClass(type));

    public GrainClass Of(Type grainInterface) =>
        _byInterface.TryGetValue(grainInterface, out var found)
            ? found
            : throw new ArgumentException($"no grain class implements {grainInterface}");
}
