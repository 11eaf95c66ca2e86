using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Http;

/// <summary>Reads lists page by page, as far as the caller goes.</summary>
internal static class Pages
{
    /// <param name="sender">Sends the calls.</param>
    /// <param name="path">The path of the list.</param>
    /// <param name="query">The parameters without the cursor.</param>
    /// <param name="type">The type of a page.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public static async IAsyncEnumerable<TEntry> ReadAsync<TPage, TEntry>(
        CallSender sender, string path, Func<Members> query, JsonTypeInfo<TPage> type, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TPage : class, IPage<TEntry>
    {
        string? cursor = null;
        do
        {
            var call = new Call(HttpMethod.Get, path + query().Add("cursor", cursor).ToQuery());
            var page = await sender.ReadAsync(call, type, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page.Entries) yield return entry;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }
}
