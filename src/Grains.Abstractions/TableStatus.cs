namespace ImageSearch;

/// <summary>The properties of a table.</summary>
/// <param name="Name">The table.</param>
/// <param name="Generation">Its generation, which increases with every creation.</param>
/// <param name="Model">The model of its vectors.</param>
/// <param name="Metric">The metric of its hits.</param>
[GenerateSerializer, Immutable]
public sealed record TableStatus(TableName Name, long Generation, ModelIdentity Model, Metric Metric)
{
    /// <summary>Its settings; the default ones from processes of older versions.</summary>
    [Id(4)]
    public TableSettings Settings { get; init; } = TableSettings.Default;

    /// <summary>Incremented with every change of the settings, from 0. With the generation it is the table's entity tag.</summary>
    [Id(5)]
    public long Revision { get; init; }

    /// <summary>When it was created, UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>; null from processes of older versions.</summary>
    [Id(6)]
    public string? Created { get; init; }

    /// <summary>Whether the call created the table; null from processes of older versions, and of calls that don't create.</summary>
    [Id(7)]
    public bool? IsNew { get; init; }

    /// <summary>Identifies the table's present settings.</summary>
    public string Tag => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Generation:x}-{Revision:x}");
}

/// <summary>A table with its sizes.</summary>
/// <param name="Status">The table.</param>
/// <param name="Rows">All rows.</param>
/// <param name="Searchable">Rows that are in the vector store.</param>
/// <param name="DiskBytes">Bytes of its rows and of its index on disk, as far as this process knows them; an estimate.</param>
/// <param name="MemoryBytes">Bytes of its index in memory; 0 if it is not loaded, or over Milvus.</param>
[GenerateSerializer, Immutable]
public sealed record TableSize(TableStatus Status, long Rows, long Searchable, long DiskBytes, long MemoryBytes)
{
    /// <summary>Bytes of kept pictures, a part of <see cref="DiskBytes"/>.</summary>
    [Id(5)]
    public long PictureBytes { get; init; }
}

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
