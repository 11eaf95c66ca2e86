using System.Collections.Concurrent;
using System.Reflection;

namespace ImageSearch.Grains.Local;

/// <summary>
/// Activates grains in this process, with the turn-based scheduling that they would have in a silo: the code of one activation never
/// runs on two threads at a time. One activation a key, save for stateless workers.
/// </summary>
public sealed class LocalGrainFactory : IGrainFactory, IAsyncDisposable
{
    private readonly FrozenGrainClasses _classes;
    private readonly Func<Type, Grain> _create;
    private readonly ConcurrentDictionary<GrainKey, LocalActivation> _activations = new();
    private volatile bool _stopping;

    /// <summary>A factory for the grain classes given.</summary>
    /// <param name="grainClasses">Classes derived from <see cref="Grain"/>, each with exactly one grain interface.</param>
    /// <param name="create">Makes an instance with its dependencies.</param>
    public LocalGrainFactory(IEnumerable<Type> grainClasses, Func<Type, Grain> create)
    {
        _classes = new FrozenGrainClasses(grainClasses);
        _create = create;
    }

    /// <summary>Counts the grains that are active, once those that are ending have ended.</summary>
    internal async Task<int> CountActivationsAsync()
    {
        await Task.WhenAll(_activations.Values.Where(activation => activation.IsClosing).Select(activation => activation.Closed));
        return _activations.Count;
    }

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrEmpty(primaryKey);
        var grainClass = _classes.Of(typeof(TGrainInterface));
        var reference = DispatchProxy.Create<TGrainInterface, LocalReference>();
        ((LocalReference)(object)reference).Bind(this, grainClass, primaryKey);
        return reference;
    }

    /// <summary>Lets calls that are under way end, then ends every activation. Later calls fail.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        var activations = _activations.Values.ToList();
        foreach (var activation in activations) activation.BeginClosing();
        await Task.WhenAll(activations.Select(activation => activation.Closed));
        var faults = activations.Select(activation => activation.Fault).OfType<Exception>().ToList();
        if (faults.Count > 0) throw new AggregateException("grains failed to deactivate", faults);
    }

    internal async Task<T> CallAsync<T>(GrainClass grainClass, string primaryKey, Func<Grain, Task<T>> call)
    {
        var key = new GrainKey(grainClass.Type, primaryKey, grainClass.NextWorker());
        while (true)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            var activation = _activations.GetOrAdd(
                key,
                static (key, my) => new LocalActivation(
                    my.grainClass, key.PrimaryKey, my.factory._create, closed => my.factory._activations.TryRemove(new(key, closed))),
                (grainClass, factory: this));
            if (activation.TryEnter())
            {
                try
                {
                    return await activation.RunAsync(call).ConfigureAwait(false);
                }
                finally
                {
                    activation.Leave();
                }
            }

            // The old activation ends before a new one begins, so that there is one at a time.
            await activation.Closed.ConfigureAwait(false);
        }
    }

    private readonly record struct GrainKey(Type GrainClass, string PrimaryKey, int Worker);
}
