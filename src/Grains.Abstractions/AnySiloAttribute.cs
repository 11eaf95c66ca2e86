using Orleans.CodeGeneration;

namespace ImageSearch;

/// <summary>
/// A front end sends such a call to the silos in turn. Without it Orleans' client sends all calls of one grain, and a stateless worker is
/// one, through the one silo that it found for the first of them, and that silo serves them all by itself: four silos embedded no more than
/// one (48 pictures a second each, bench/ClusterBench scale).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[InvokableCustomInitializer(nameof(IRequest.AddInvokeMethodOptions), InvokeMethodOptions.Unordered)]
public sealed class AnySiloAttribute : Attribute;
