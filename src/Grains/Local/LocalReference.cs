using System.Collections.Concurrent;
using System.Reflection;

namespace ImageSearch.Grains.Local;

/// <summary>
/// What a caller holds of a grain: turns a call of the interface into a call of whichever activation is live. Grain methods return
/// <see cref="Task{TResult}"/>, as the grains' interfaces all do.
/// </summary>
public class LocalReference : DispatchProxy
{
    private static readonly MethodInfo Open =
        typeof(LocalReference).GetMethod(nameof(CallAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;

    // By method of the interface: the typed call, made once by reflection. 0.4 µs a call then, beside about 3 µs for the turn.
    private static readonly ConcurrentDictionary<MethodInfo, Func<LocalReference, MethodInfo, object?[], object>> Calls = new();

    private LocalGrainFactory? _factory;
    private GrainClass? _grainClass;
    private string? _primaryKey;

    internal void Bind(LocalGrainFactory factory, GrainClass grainClass, string primaryKey)
    {
        _factory = factory;
        _grainClass = grainClass;
        _primaryKey = primaryKey;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        Calls.GetOrAdd(targetMethod!, static method => TypedCall(method))(this, targetMethod!, args!);

    private static Func<LocalReference, MethodInfo, object?[], object> TypedCall(MethodInfo method)
    {
        if (!method.ReturnType.IsGenericType || method.ReturnType.GetGenericTypeDefinition() != typeof(Task<>))
            throw new NotSupportedException($"{method.DeclaringType}.{method.Name} must return Task<T>");
        return Open.MakeGenericMethod(method.ReturnType.GenericTypeArguments[0])
            .CreateDelegate<Func<LocalReference, MethodInfo, object?[], object>>();
    }

    private Task<T> CallAsync<T>(MethodInfo method, object?[] arguments) =>
        _factory!.CallAsync(
            _grainClass!,
            _primaryKey!,
            grain => (Task<T>)method.Invoke(grain, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)!);
}
