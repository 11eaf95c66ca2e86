namespace ImageSearch;

/// <summary>The properties of a table.</summary>
/// <param name="Name">The table.</param>
/// <param name="Generation">Its generation, which increases with every creation.</param>
/// <param name="Model">The model of its vectors.</param>
/// <param name="Metric">The metric of its hits.</param>
[GenerateSerializer, Immutable]
public sealed record TableStatus(TableName Name, long Generation, ModelIdentity Model, Metric Metric);

/// <summary>The result of a load.</summary>
/// <param name="Indexed">The number of waiting rows that became searchable.</param>
/// <param name="Refused">The rows whose stored feature is unusable; at most the first hundred.</param>
[GenerateSerializer, Immutable]
public sealed record LoadReport(long Indexed, IReadOnlyList<RefusedRow> Refused);

/// <summary>A row whose stored feature is unusable.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Reason">The reason.</param>
[GenerateSerializer, Immutable]
public sealed record RefusedRow(long Id, string Reason);
