using System.Globalization;

namespace ImageSearch.Storage.Catalog;

/// <summary>
/// A table from its creation to its drop, with one set of vectors. Creating a dropped name again gives it a greater generation number. Every
/// read and write names the generation and the set, so a caller with a stale one gets an error instead of the new table's rows, or of
/// vectors of another model.
/// </summary>
/// <param name="Name">The table's name.</param>
/// <param name="Number">Increases with every table created; never reused.</param>
public readonly record struct TableGeneration(TableName Name, long Number)
{
    /// <summary>
    /// Another, greater number when all vectors of the table are replaced by those of another model; 0 for the first ones. The rows stay.
    /// </summary>
    public long VectorSet { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        VectorSet == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Name}__g{Number}")
            : string.Create(CultureInfo.InvariantCulture, $"{Name}__g{Number}v{VectorSet}");
}

/// <summary>A live table.</summary>
/// <param name="Table">The table.</param>
/// <param name="IsNew">The call created it.</param>
public readonly record struct CreatedTable(TableRecord Table, bool IsNew);

/// <summary>A table's entry in the registry.</summary>
/// <param name="Generation">The table.</param>
/// <param name="Model">The model that makes its vectors.</param>
/// <param name="Metric">The metric of its hits.</param>
public sealed record TableRecord(TableGeneration Generation, ModelIdentity Model, Metric Metric)
{
    /// <summary>Its settings.</summary>
    public TableSettings Settings { get; init; } = TableSettings.Default;

    /// <summary>Incremented with every change of the settings, from 0.</summary>
    public long Revision { get; init; }

    /// <summary>When it was created, UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>; null if it is not known.</summary>
    public string? Created { get; init; }
}
