namespace ImageSearch.Storage.Tests.Milvus;

/// <summary>A test that needs the Milvus server of MILVUS_TEST_SERVER; see <see cref="TestMilvus"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MilvusFactAttribute : FactAttribute
{
    public MilvusFactAttribute() => Skip = TestMilvus.SkipReason;
}

/// <inheritdoc cref="MilvusFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MilvusTheoryAttribute : TheoryAttribute
{
    public MilvusTheoryAttribute() => Skip = TestMilvus.SkipReason;
}
