namespace ImageSearch.Embedding.Tests;

/// <summary>Model folders beside the tests.</summary>
internal static class TestModels
{
    internal static string Default { get; } = Path.Combine(AppContext.BaseDirectory, "models", "lite0-ret-512-sal");

    internal static string Int8 { get; } = Path.Combine(AppContext.BaseDirectory, "models", "lite0-ret-512-sal-int8");
}
