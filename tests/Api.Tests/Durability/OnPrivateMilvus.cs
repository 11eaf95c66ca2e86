namespace ImageSearch.Api.Tests.Durability;

/// <summary>Tests with a Milvus of their own, one after another: two that start at the same moment take each other's ports.</summary>
[CollectionDefinition(Name)]
public sealed class OnPrivateMilvus
{
    public const string Name = "private Milvus";
}
