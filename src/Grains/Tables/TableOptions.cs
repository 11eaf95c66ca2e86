namespace ImageSearch.Grains.Tables;

/// <summary>The properties of a new table.</summary>
/// <param name="Model">The model of its vectors.</param>
/// <param name="Metric">The metric of its hits. Setting METRIC_TYPE.</param>
public sealed record TableOptions(ModelIdentity Model, Metric Metric);
