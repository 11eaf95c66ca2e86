namespace ImageSearch.Api.V1.Exports;

/// <summary>A row of an export.</summary>
/// <param name="Item">The item.</param>
/// <param name="Kept">What is kept of its picture; null for nothing, and if pictures are not exported.</param>
internal sealed record ExportedRow(Item Item, RowFiles? Kept);
