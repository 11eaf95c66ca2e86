namespace ImageSearch.Grains.Tables;

/// <summary>The properties of a new table.</summary>
/// <param name="Model">The model that the service runs.</param>
/// <param name="Metric">The metric of its hits. Setting METRIC_TYPE.</param>
public sealed record TableOptions(ModelIdentity Model, Metric Metric);
