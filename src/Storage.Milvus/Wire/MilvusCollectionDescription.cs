using System.Diagnostics.CodeAnalysis;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>The server's description of a collection.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">The description that it was created with.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="Created">The timestamp of its creation, by the server's hybrid clock.</param>
public sealed record MilvusCollectionDescription(string Name, string Description, IReadOnlyList<MilvusField> Fields, ulong Created);

/// <summary>A field of a collection.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsPrimaryKey">Whether it is the primary key.</param>
/// <param name="Dimension">The dimension of a vector field; otherwise null.</param>
public sealed record MilvusField(string Name, MilvusFieldType Type, bool IsPrimaryKey, int? Dimension);

/// <summary>The type of a field, with Milvus' names and numbers.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "Messages show Milvus' names.")]
public enum MilvusFieldType
{
    /// <summary>A type that this client does not read.</summary>
    Other = 0,

    /// <summary>A 64-bit integer.</summary>
    Int64 = 5,

    /// <summary>A text.</summary>
    VarChar = 21,

    /// <summary>A vector of bits.</summary>
    BinaryVector = 100,

    /// <summary>A vector of float32 values.</summary>
    FloatVector = 101,
}
