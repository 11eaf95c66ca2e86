namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>A collection to be made, with the fields <see cref="Id"/>, <see cref="Version"/> and <see cref="Embedding"/>.</summary>
/// <param name="Name">Letters, digits and underscores, the first no digit.</param>
/// <param name="Description">A text that is kept with it.</param>
/// <param name="Dimension">Values of a vector, 1..32,768.</param>
/// <param name="Mmap">Whether the server maps it from its disk in place of holding it in memory.</param>
internal sealed record MilvusSchema(string Name, string Description, int Dimension, bool Mmap)
{
    /// <summary>The primary key: the row's id.</summary>
    public const string Id = "id";

    /// <summary>The row's version.</summary>
    public const string Version = "version";

    /// <summary>The vector.</summary>
    public const string Embedding = "embedding";
}
