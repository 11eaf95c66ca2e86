using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>What this process last wrote of a row: its vectors, or that it is gone.</summary>
/// <param name="row">The row and its version.</param>
/// <param name="vectors">Null: the row is gone.</param>
internal sealed class RecentWrite(RowVersion row, RowVectors? vectors)
{
    /// <summary>Not acknowledged yet.</summary>
    public const ulong Unknown = ulong.MaxValue;

    public RowVersion Row { get; } = row;

    public RowVectors? Vectors { get; } = vectors;

    /// <summary>The server's time of the write: from then on its searches show it.</summary>
    public ulong Written { get; set; } = Unknown;
}
