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

/// <summary>A row to store.</summary>
/// <param name="Whole">The whole picture's vector; becomes the column <c>feature</c>.</param>
/// <param name="MainObject">The main object's; becomes the column <c>feature_object</c>.</param>
/// <param name="Texts">The shop's texts.</param>
/// <param name="ReplaceSameKey">Replace the oldest row with the same key, keeping its id.</param>
/// <param name="Searchable">Written as <c>upload_status</c> 1: the vector store can't be behind the catalog.</param>
public sealed record RowToAdd(
    ReadOnlyMemory<float> Whole, ReadOnlyMemory<float>? MainObject, PictureTexts Texts, bool ReplaceSameKey, bool Searchable);

/// <summary>A change of a row; null keeps.</summary>
/// <param name="Id">The row.</param>
/// <param name="Whole">The new picture's vector. Given, the row's version grows and the old main object's vector goes.</param>
/// <param name="MainObject">The new picture's main object.</param>
/// <param name="Texts">The new texts, each null to keep.</param>
/// <param name="Searchable">As in <see cref="RowToAdd"/>, where the vector changes.</param>
public sealed record RowToChange(
    long Id, ReadOnlyMemory<float>? Whole, ReadOnlyMemory<float>? MainObject, PictureTexts Texts, bool Searchable);

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
