namespace ImageSearch;

/// <summary>The last change of a table's model.</summary>
/// <param name="Model">The model of the new vectors.</param>
/// <param name="State">How far it is.</param>
/// <param name="Rows">Rows of the table, at present.</param>
/// <param name="Embedded">Rows with new vectors.</param>
/// <param name="Failed">Rows whose picture could not be embedded.</param>
/// <param name="MaxFailures">With more of them the table keeps its model.</param>
/// <param name="Fault">Why it failed; null if it has not.</param>
/// <param name="Began">When it began, UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>.</param>
/// <param name="Ended">When it ended; null if it runs.</param>
[GenerateSerializer, Immutable]
public sealed record ReembedStatus(
    ModelIdentity Model, ReembedState State, long Rows, long Embedded, long Failed, long MaxFailures, string? Fault, string Began, string? Ended);

/// <summary>How far a change of a table's model is.</summary>
[GenerateSerializer]
public enum ReembedState
{
    /// <summary>Pictures are being embedded; the table has its old vectors.</summary>
    Running,

    /// <summary>The table has the new vectors.</summary>
    Finished,

    /// <summary>The table keeps its old vectors. Starting it again goes on where it ended.</summary>
    Failed,

    /// <summary>A client cancelled it; as <see cref="Failed"/>.</summary>
    Cancelled,
}

/// <summary>A change of a table's model to begin.</summary>
/// <param name="Model">The model; null for that of new tables.</param>
/// <param name="Views">The views of each picture that get a vector.</param>
/// <param name="MaxFailures">With more pictures that can't be embedded the table keeps its model.</param>
/// <param name="Owner">The API key that began it; null for the holder of TOKEN and an open service.</param>
/// <param name="ReadsPaths">Whether paths of rows are files of the server that may be read.</param>
[GenerateSerializer, Immutable]
public sealed record ReembedRequest(ModelIdentity? Model, PictureViews Views, long MaxFailures, string? Owner = null, bool ReadsPaths = true);

/// <summary>Rows whose picture could not be embedded.</summary>
/// <param name="Failures">In order of id.</param>
[GenerateSerializer, Immutable]
public sealed record ReembedFailures(IReadOnlyList<ReembedFailedRow> Failures);

/// <summary>A row whose picture could not be embedded.</summary>
/// <param name="Id">The row.</param>
/// <param name="Key">Its owner's key; null if it has none.</param>
/// <param name="Failure">Why.</param>
[GenerateSerializer, Immutable]
public sealed record ReembedFailedRow(long Id, string? Key, Failure Failure);
