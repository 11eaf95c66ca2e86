using ImageSearch.Client.Http;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Imports;

/// <summary>
/// The calls of imports, which the service carries out in the background. They throw <see cref="ImageSearchException"/>. A list from a stream
/// that can seek is sent again if its connection breaks off; one from another stream or a sequence only if none of it was sent.
/// </summary>
public sealed class ImportCalls
{
    private const int EntriesPerPage = 100;

    private readonly CallSender _sender;

    internal ImportCalls(CallSender sender) => _sender = sender;

    /// <summary>Sends a list line by line. Exceptions of the sequence come out of the call.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="items">The lines, of any number. The service waits 30 seconds for the next one.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the call; the list is not imported then.</param>
    /// <returns>The import, when its list is stored.</returns>
    public Task<Import> SendAsync(
        string table, IAsyncEnumerable<ImportItem> items, ImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        return BeginAsync(table, new ListBody(items), options, null, cancellationToken);
    }

    /// <summary>Sends a list that has a JSON object on each line (docs/imports.md), such as an export.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="list">The list from the stream's position on. It is left open.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The import, when its list is stored.</returns>
    public Task<Import> SendNdjsonAsync(string table, Stream list, ImportOptions? options = null, CancellationToken cancellationToken = default) =>
        BeginAsync(table, BodyOf(list, "application/x-ndjson"), options, null, cancellationToken);

    /// <summary>Sends a list in CSV, whose first line names the columns (docs/imports.md).</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="list">The list from the stream's position on. It is left open.</param>
    /// <param name="charset">Its charset, such as gbk.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The import, when its list is stored.</returns>
    public Task<Import> SendCsvAsync(
        string table, Stream list, string charset = "utf-8", ImportOptions? options = null, CancellationToken cancellationToken = default) =>
        BeginAsync(table, BodyOf(list, $"text/csv; charset={charset}"), options, null, cancellationToken);

    /// <summary>Sends a ZIP of pictures, with or without a list in it.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="zip">The ZIP from the stream's position on. It is left open.</param>
    /// <param name="charset">The charset of names that the ZIP does not mark as UTF-8, such as gbk; null if there are none.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The import, when its pictures are stored.</returns>
    public Task<Import> SendZipAsync(
        string table, Stream zip, string? charset = null, ImportOptions? options = null, CancellationToken cancellationToken = default) =>
        BeginAsync(table, BodyOf(zip, "application/zip"), options, new Members().Add("charset", charset), cancellationToken);

    /// <summary>Imports the pictures of a folder of the service's machine.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="folder">One of the service's IMAGE_ROOTS, or a folder below one.</param>
    /// <param name="pattern">Which files, by their relative paths: <c>**/*.jpg</c>; null for all pictures.</param>
    /// <param name="key">What the key of a file is; null for its relative path.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The import, when its list is stored.</returns>
    public Task<Import> BeginFolderAsync(
        string table,
        string folder,
        string? pattern = null,
        FolderKey? key = null,
        ImportOptions? options = null,
        CancellationToken cancellationToken = default) =>
        BeginAsync(table, null, options, new Members().Add("folder", folder).Add("pattern", pattern).Add("key", key), cancellationToken);

    /// <summary>An import and its progress.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Import> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _sender.ReadAsync(new Call(HttpMethod.Get, PathOf(id)), ClientJson.Wire.Import, cancellationToken);

    /// <summary>Imports, newest first, read page by page as far as the caller goes.</summary>
    /// <param name="table">Only those into this table; null for all.</param>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public IAsyncEnumerable<Import> ListAsync(string? table = null, ImportState? state = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<ImportPage, Import>(
            _sender,
            Call.PathOf("imports"),
            () => new Members().Add("table", table).Add("state", state).Add("limit", EntriesPerPage),
            ClientJson.Wire.ImportPage,
            cancellationToken);

    /// <summary>All pictures that could not be imported, in the order of the list, as they arrive.</summary>
    /// <param name="id">The import's id.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public IAsyncEnumerable<ImportFailure> FailuresAsync(string id, CancellationToken cancellationToken = default) => _sender.ReadLinesAsync(
        new Call(HttpMethod.Get, PathOf(id) + "/failures") { Accept = "application/x-ndjson" }, ClientJson.Wire.ImportFailure, cancellationToken);

    /// <summary>
    /// The progress of an import every second until it has ended; the last one says how. A connection that breaks off is opened again.
    /// </summary>
    /// <param name="id">The import's id.</param>
    /// <param name="cancellationToken">Stops watching; the import goes on.</param>
    public IAsyncEnumerable<ImportProgress> WatchAsync(string id, CancellationToken cancellationToken = default) =>
        new ImportWatch(_sender, id).ReadAsync(cancellationToken);

    /// <summary>Cancels an import; stored pictures stay.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Import> CancelAsync(string id, CancellationToken cancellationToken = default) =>
        _sender.ReadAsync(new Call(HttpMethod.Delete, PathOf(id)), ClientJson.Wire.Import, cancellationToken);

    private static StreamBody BodyOf(Stream stream, string contentType)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new StreamBody(Upload.OfStream(stream), contentType);
    }

    private static string PathOf(string id) => Call.PathOf("imports", id);

    private Task<Import> BeginAsync(string table, CallBody? body, ImportOptions? options, Members? more, CancellationToken cancellationToken)
    {
        options ??= new ImportOptions();
        var query = options.ToMembers();
        foreach (var (name, text) in more?.Texts ?? []) query.Add(name, text);
        var call = new Call(HttpMethod.Post, Call.PathOf("tables", table, "imports") + query.ToQuery())
        {
            Body = body,
            Headers = [("Idempotency-Key", options.IdempotencyKey ?? Guid.NewGuid().ToString("N"))],
            // With continue, a list that broke off is an import that was cancelled, and its key is used.
            IsIdempotent = options.OnError is null or ListErrorRule.Stop,
        };
        return _sender.ReadAsync(call, ClientJson.Wire.Import, cancellationToken);
    }
}
