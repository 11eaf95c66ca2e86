using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Reembedding;

/// <summary>A change of a table's model: all of its pictures are embedded again, and then all vectors are replaced in one step.</summary>
/// <param name="Id">Its id, 32 hexadecimal digits. One that goes on after it ended keeps it, with what it has embedded.</param>
/// <param name="Table">The table with the set of vectors that is replaced.</param>
/// <param name="TargetSet">The number of the new set, which no other change of the table has.</param>
/// <param name="Model">The model of the new vectors.</param>
/// <param name="Choices">What the caller asked for.</param>
/// <param name="State">How far it is.</param>
/// <param name="Fault">Why it failed; null if it has not.</param>
/// <param name="Began">When it began, UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>.</param>
/// <param name="Ended">When it ended; null if it runs.</param>
public sealed record Reembed(
    string Id, TableGeneration Table, long TargetSet, ModelIdentity Model, ReembedChoices Choices, ReembedState State, string? Fault, string Began, string? Ended)
{
    /// <summary>The table with its new vectors.</summary>
    public TableGeneration Target => Table with { VectorSet = TargetSet };
}

/// <summary>What the caller of a change of model asks for.</summary>
/// <param name="Views">The views of each picture that get a vector.</param>
/// <param name="MaxFailures">With more pictures that can't be embedded the table keeps its model.</param>
/// <param name="Owner">The API key that began it; null for the holder of TOKEN and an open service.</param>
/// <param name="ReadsPaths">Whether paths of rows are files of the server that may be read.</param>
public sealed record ReembedChoices(PictureViews Views, long MaxFailures, string? Owner = null, bool ReadsPaths = true);

/// <summary>A row that has no new vectors yet.</summary>
/// <param name="Row">The row and the version of its picture.</param>
/// <param name="FilePath">The location of its picture at the shop; null if none is known.</param>
public sealed record OpenRow(RowVersion Row, string? FilePath);

/// <summary>What came of embedding a row's picture.</summary>
/// <param name="Row">The row and the version of the picture.</param>
/// <param name="Vectors">The new vectors; null if there are none.</param>
/// <param name="Failure">Why there are none.</param>
public sealed record ReembeddedRow(RowVersion Row, PictureVectors? Vectors, Failure? Failure);

/// <summary>A row whose picture could not be embedded.</summary>
/// <param name="Id">The row.</param>
/// <param name="Key">Its owner's key; null if it has none, or if the row is gone.</param>
/// <param name="Failure">Why.</param>
public sealed record ReembedFailure(long Id, string? Key, Failure Failure);
