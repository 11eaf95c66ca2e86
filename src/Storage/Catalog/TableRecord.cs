namespace ImageSearch.Storage.Catalog;

/// <summary>
/// One life of a table. A name that is dropped and created anew gets a greater generation; every read and write names the generation,
/// so that a caller with an old view is told instead of touching the new table's rows.
/// </summary>
/// <param name="Name">The table's name.</param>
/// <param name="Number">Grows with every creation of any table; never used again.</param>
public readonly record struct TableGeneration(TableName Name, long Number)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}__g{Number}";
}

/// <summary>A row of the registry of tables.</summary>
/// <param name="Generation">Which table.</param>
/// <param name="Model">The network of its vectors.</param>
/// <param name="Metric">What its hits report.</param>
public sealed record TableRecord(TableGeneration Generation, ModelIdentity Model, Metric Metric);
