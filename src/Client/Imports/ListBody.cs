using System.Net.Http.Headers;
using ImageSearch.Client.Http;

namespace ImageSearch.Client.Imports;

/// <summary>A list whose lines are made while it is sent.</summary>
internal sealed class ListBody(IAsyncEnumerable<ImportItem> items) : CallBody
{
    // The caller's sequence may give its items only once.
    public override bool CanRepeat => false;

    protected override HttpContent Open() =>
        new ListContent(items, this) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
}
