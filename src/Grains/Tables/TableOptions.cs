namespace ImageSearch.Grains.Tables;

/// <summary>What a new table is made with.</summary>
/// <param name="Model">The network that the service runs.</param>
/// <param name="Metric">What hits report. Setting METRIC_TYPE.</param>
public sealed record TableOptions(ModelIdentity Model, Metric Metric);
