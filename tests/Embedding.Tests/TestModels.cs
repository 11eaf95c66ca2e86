namespace ImageSearch.Embedding.Tests;

/// <summary>The model folders in the output folder.</summary>
internal static class TestModels
{
    internal static string Default { get; } = Path.Combine(AppContext.BaseDirectory, "models", "lite0-ret-512-sal");

    internal static string Int8 { get; } = Path.Combine(AppContext.BaseDirectory, "models", "lite0-ret-512-sal-int8");
}
