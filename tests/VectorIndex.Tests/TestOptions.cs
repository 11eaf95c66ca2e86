namespace ImageSearch.VectorIndex.Tests;

/// <summary>Options that force a scan or a graph at any number of rows.</summary>
internal static class TestOptions
{
    public static IndexOptions Flat => new() { FlatRows = int.MaxValue };

    public static IndexOptions Graph => new() { FlatRows = 0, RowsPerWidth = 0 };
}
