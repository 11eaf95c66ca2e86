namespace ImageSearch.Grains.Search;

/// <summary>
/// Hits whose picture is being changed: the store gets the new vector within microseconds of the catalog's commit (Milvus: milliseconds).
/// Without another read such a row would be missing, between its old vector and its new one.
/// </summary>
internal static class MovedRows
{
    /// <summary>Maximum number of waits of one search.</summary>
    public const int MaxWaits = 20;

    /// <summary>The time before another read.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(2);
}
