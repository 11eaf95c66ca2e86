using ImageSearch.Client;
using ImageSearch.Client.Tables;

namespace ImageSearch.Pages.Searching;

/// <summary>The table of a search page.</summary>
/// <param name="Table">The table; null if there is none at all.</param>
internal sealed record SearchedTable(Table? Table)
{
    /// <summary>Its name.</summary>
    public string? Name => Table?.Name;

    /// <summary>Whether there is nothing to search.</summary>
    public bool IsEmpty => Table is null or { Rows: 0 };

    /// <summary>Reads a table.</summary>
    /// <param name="client">Calls the service as the session.</param>
    /// <param name="name">Its name; null for the first table that has pictures, or else the first one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<SearchedTable> OpenAsync(ImageSearchClient client, string? name, CancellationToken cancellationToken)
    {
        if (name is not null) return new SearchedTable(await client.Tables.GetAsync(name, cancellationToken));
        // The first page of tables is enough: there may be thousands.
        Table? first = null;
        await foreach (var table in client.Tables.ListAsync(withSizes: true, cancellationToken).Take(MaxLookedAt).WithCancellation(cancellationToken))
        {
            if (table.Rows > 0) return new SearchedTable(table);
            first ??= table;
        }

        return new SearchedTable(first);
    }

    private const int MaxLookedAt = 100;
}
