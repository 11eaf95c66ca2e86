namespace ImageSearch.Pages.Lists;

/// <summary>Opens lists.</summary>
public static class PagedList
{
    /// <summary>Reads the first page of a list.</summary>
    /// <param name="source">The whole list.</param>
    /// <param name="size">Entries of a page.</param>
    /// <param name="cancellationToken">Ends reading, also of later pages.</param>
    public static async Task<PagedList<T>> OpenAsync<T>(IAsyncEnumerable<T> source, int size, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var list = new PagedList<T>(source.GetAsyncEnumerator(cancellationToken), size);
        await list.BeginAsync();
        return list;
    }
}
