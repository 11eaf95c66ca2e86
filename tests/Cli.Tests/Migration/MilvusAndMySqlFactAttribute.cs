namespace ImageSearch.Cli.Tests.Migration;

/// <summary>A test that needs both servers.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MilvusAndMySqlFactAttribute : FactAttribute
{
    public MilvusAndMySqlFactAttribute() => Skip = MilvusServer.SkipReason ?? TestDatabase.SkipReason;
}
