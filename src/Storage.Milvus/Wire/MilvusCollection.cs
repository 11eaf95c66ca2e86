namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>A collection as the server describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">The text that it was made with.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="Created">When it was made, by the server's hybrid clock.</param>
internal sealed record MilvusCollection(string Name, string Description, IReadOnlyList<MilvusField> Fields, ulong Created);

/// <summary>A field of a collection.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsPrimaryKey">Whether it tells the rows apart.</param>
/// <param name="Dimension">Values of a vector; null where it holds none.</param>
internal sealed record MilvusField(string Name, MilvusFieldType Type, bool IsPrimaryKey, int? Dimension);

/// <summary>What a field holds; the numbers are Milvus', and others than these may come from a newer server.</summary>
internal enum MilvusFieldType
{
    Other = 0,
    Int64 = 5,
    VarChar = 21,
    BinaryVector = 100,
    FloatVector = 101,
}
