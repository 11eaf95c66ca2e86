namespace ImageSearch.Client.Http;

/// <summary>A page of a list.</summary>
internal interface IPage<out T>
{
    /// <summary>What is on the page.</summary>
    IReadOnlyList<T> Entries { get; }

    /// <summary>The cursor of the page after it; null if it is the last one.</summary>
    string? NextCursor { get; }
}
