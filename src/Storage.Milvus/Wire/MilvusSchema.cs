namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>The schema of a new collection with the fields <see cref="Id"/>, <see cref="Version"/> and <see cref="Embedding"/>.</summary>
/// <param name="Name">Letters, digits and underscores; it must not start with a digit.</param>
/// <param name="Description">A description that the server stores.</param>
/// <param name="Dimension">The dimension of the vectors, 1..32,768.</param>
/// <param name="Mmap">Whether the server memory-maps it from its disk instead of loading it into memory.</param>
public sealed record MilvusSchema(string Name, string Description, int Dimension, bool Mmap)
{
    /// <summary>The primary key: the row's id.</summary>
    public const string Id = "id";

    /// <summary>The row's version.</summary>
    public const string Version = "version";

    /// <summary>The vector.</summary>
    public const string Embedding = "embedding";
}
