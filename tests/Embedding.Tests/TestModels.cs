namespace ImageSearch.Embedding.Tests;

/// <summary>The model folders in the output folder.</summary>
internal static class TestModels
{
    /// <summary>The folder of all included models.</summary>
    internal static string All { get; } = Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Version 1, which searches by the main object too.</summary>
    internal static string Default { get; } = Of("lite0-ret-512-sal");

    internal static string Int8 { get; } = Of("lite0-ret-512-sal-int8");

    internal static string Of(string name) => Path.Combine(All, name);
}
