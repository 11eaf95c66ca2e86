using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>The last write of a row by this process: its vectors, or its deletion.</summary>
/// <param name="row">The row and its version.</param>
/// <param name="vectors">Null if the row was deleted.</param>
internal sealed class RecentWrite(RowVersion row, RowVectors? vectors)
{
    /// <summary>The server has not acknowledged the write.</summary>
    public const ulong Unknown = ulong.MaxValue;

    public RowVersion Row { get; } = row;

    public RowVectors? Vectors { get; } = vectors;

    /// <summary>The server's timestamp of the write: a search that guarantees it sees the write.</summary>
    public ulong Timestamp { get; set; } = Unknown;
}
