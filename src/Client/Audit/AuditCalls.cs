using ImageSearch.Client.Http;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Audit;

/// <summary>The calls of the audit, which need the service's token. They throw <see cref="ImageSearchException"/>.</summary>
public sealed class AuditCalls
{
    private const int EntriesPerPage = 100;

    private readonly CallSender _sender;

    internal AuditCalls(CallSender sender) => _sender = sender;

    /// <summary>Changes of keys and tables, and denied administration, newest first, read page by page as far as the caller goes.</summary>
    /// <param name="cancellationToken">Ends the list.</param>
    public IAsyncEnumerable<AuditEntry> ListAsync(CancellationToken cancellationToken = default) => Pages.ReadAsync<AuditPage, AuditEntry>(
        _sender, Call.PathOf("audit"), () => new Members().Add("limit", EntriesPerPage), ClientJson.Wire.AuditPage, cancellationToken);
}
