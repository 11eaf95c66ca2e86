namespace ImageSearch.Api.Tests.Durability;

/// <summary>Tests that start a private Milvus run one after another: two that start simultaneously would choose the same ports.</summary>
[CollectionDefinition(Name)]
public sealed class OnPrivateMilvus
{
    public const string Name = "private Milvus";
}
