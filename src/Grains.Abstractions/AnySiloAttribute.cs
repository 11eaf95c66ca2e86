using Orleans.CodeGeneration;

namespace ImageSearch;

/// <summary>
/// Distributes the call over all silos in turn. Without it, Orleans' client sends all calls of a grain to the silo of its first call, also
/// those of a stateless worker: four silos embedded no more pictures than one (48 per second, bench/ClusterBench scale).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[InvokableCustomInitializer(nameof(IRequest.AddInvokeMethodOptions), InvokeMethodOptions.Unordered)]
public sealed class AnySiloAttribute : Attribute;
