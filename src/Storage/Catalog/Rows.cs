namespace ImageSearch.Storage.Catalog;

/// <summary>A version of a row's vectors: every change of the picture increments it.</summary>
/// <param name="Id">The row.</param>
/// <param name="Version">1 for the first picture.</param>
public readonly record struct RowVersion(long Id, int Version);

/// <summary>A row's vectors as stored in the catalog.</summary>
/// <param name="Row">The row and version of the vectors.</param>
/// <param name="Whole">The whole picture's vector, unit length.</param>
/// <param name="MainObject">The main object's vector, or null.</param>
public readonly record struct RowVectors(RowVersion Row, ReadOnlyMemory<float> Whole, ReadOnlyMemory<float>? MainObject);

/// <summary>The result of looking rows up by id and version.</summary>
/// <param name="Texts">By id, the texts of rows that exist with exactly the given version.</param>
/// <param name="Moved">Rows that exist with another version: their picture was changed.</param>
public sealed record JoinedRows(IReadOnlyDictionary<long, PictureTexts> Texts, IReadOnlySet<long> Moved);

/// <summary>A batch of stored vectors.</summary>
/// <param name="Vectors">Rows with usable features, ascending by id.</param>
/// <param name="Refused">Rows without usable features, and the reasons.</param>
public sealed record VectorBatch(IReadOnlyList<RowVectors> Vectors, IReadOnlyList<RefusedRow> Refused);

/// <summary>Which rows to read.</summary>
public enum RowSelection
{
    /// <summary>All rows.</summary>
    All,

    /// <summary>Rows with <c>upload_status</c> 0.</summary>
    Waiting,
}
