namespace ImageSearch.Storage.Catalog;

/// <summary>A row's vector at one moment: the version grows with every change of the picture.</summary>
/// <param name="Id">The row.</param>
/// <param name="Version">1 for the first picture.</param>
public readonly record struct RowVersion(long Id, int Version);

/// <summary>A row's vectors as the catalog keeps them.</summary>
/// <param name="Row">The row and version that they belong to.</param>
/// <param name="Whole">The whole picture's vector, unit length.</param>
/// <param name="MainObject">The main object's, where there is one.</param>
public readonly record struct RowVectors(RowVersion Row, ReadOnlyMemory<float> Whole, ReadOnlyMemory<float>? MainObject);

/// <summary>What the catalog knows of rows that were asked for by id and version.</summary>
/// <param name="Texts">The texts of rows that live with exactly the given version, by id.</param>
/// <param name="Moved">Rows that live with another version: their picture was changed.</param>
public sealed record JoinedRows(IReadOnlyDictionary<long, PictureTexts> Texts, IReadOnlySet<long> Moved);

/// <summary>What a batch of stored vectors holds.</summary>
/// <param name="Vectors">Rows with usable features, ascending by id.</param>
/// <param name="Refused">Rows without, and why.</param>
public sealed record VectorBatch(IReadOnlyList<RowVectors> Vectors, IReadOnlyList<RefusedRow> Refused);

/// <summary>Which rows to read vectors of.</summary>
public enum RowSelection
{
    /// <summary>All rows.</summary>
    All,

    /// <summary>Rows with <c>upload_status</c> 0.</summary>
    Waiting,
}
