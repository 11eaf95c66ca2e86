namespace ImageSearch;

/// <summary>A table as its grain sees it.</summary>
/// <param name="Name">The table.</param>
/// <param name="Generation">Which of the tables that bore this name it is; grows with every creation.</param>
/// <param name="Model">The network of its vectors.</param>
/// <param name="Metric">What its hits report.</param>
[GenerateSerializer, Immutable]
public sealed record TableStatus(TableName Name, long Generation, ModelIdentity Model, Metric Metric);

/// <summary>What a load did.</summary>
/// <param name="Indexed">Rows that were waiting and are searchable now.</param>
/// <param name="Refused">Ids of rows whose stored feature could not be used, with the reason; at most the first hundred.</param>
[GenerateSerializer, Immutable]
public sealed record LoadReport(long Indexed, IReadOnlyList<RefusedRow> Refused);

/// <summary>A row whose stored feature could not be used.</summary>
/// <param name="Id">The row.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable]
public sealed record RefusedRow(long Id, string Reason);
