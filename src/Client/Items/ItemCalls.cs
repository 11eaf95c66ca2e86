using System.Text.Json;
using ImageSearch.Client.Http;
using ImageSearch.Client.Json;
using ImageSearch.Client.Problems;

namespace ImageSearch.Client.Items;

/// <summary>The calls of a table's items. They throw <see cref="ImageSearchException"/>.</summary>
public sealed class ItemCalls
{
    private readonly CallSender _sender;
    private readonly string _table;

    internal ItemCalls(CallSender sender, string table) => (_sender, _table) = (sender, table);

    /// <summary>Creates an item, or replaces its picture and all of its fields.</summary>
    /// <param name="item">Its key, or the id of an existing item.</param>
    /// <param name="content">Its picture and fields.</param>
    /// <param name="options">Null for no conditions.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Item> PutAsync(ItemReference item, NewItem content, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        options ??= new PutOptions();
        var members = content.ToMembers().Add("on_existing_key", options.OnExistingKey);
        return ReadAsync(
            new Call(HttpMethod.Put, PathOf(item))
            {
                Body = BodyOf(content.Picture, members),
                Headers = [("If-Match", options.IfMatch), ("If-None-Match", options.CreateOnly ? "*" : null)],
                IsIdempotent = options.IsIdempotent,
            },
            cancellationToken);
    }

    /// <summary>Changes fields or the picture of an item.</summary>
    /// <param name="item">Its key or id.</param>
    /// <param name="changes">What changes.</param>
    /// <param name="ifMatch">The ETag that the item must have; null for any.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Item> ChangeAsync(ItemReference item, ItemChanges changes, string? ifMatch = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return ReadAsync(
            new Call(HttpMethod.Patch, PathOf(item))
            {
                Body = BodyOf(changes.Picture, changes.ToMembers()),
                Headers = [("If-Match", ifMatch)],
                IsIdempotent = ifMatch is null,
            },
            cancellationToken);
    }

    /// <summary>An item.</summary>
    /// <param name="item">Its key or id.</param>
    /// <param name="withVector">Whether it has its vectors.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProblemException"><see cref="ProblemCode.ItemNotFound"/>.</exception>
    public Task<Item> GetAsync(ItemReference item, bool withVector = false, CancellationToken cancellationToken = default) =>
        ReadAsync(new Call(HttpMethod.Get, PathOf(item) + new Members().AddFlag("vector", withVector).ToQuery()), cancellationToken);

    /// <summary>Deletes an item, with a key all rows that share it.</summary>
    /// <param name="item">Its key or id.</param>
    /// <param name="ifMatch">The ETag that the item must have; null for any.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False if there is no such item, also because a repeated request had deleted it.</returns>
    public async Task<bool> DeleteAsync(ItemReference item, string? ifMatch = null, CancellationToken cancellationToken = default)
    {
        try
        {
            await _sender.SendAsync(
                new Call(HttpMethod.Delete, PathOf(item)) { Headers = [("If-Match", ifMatch)], IsIdempotent = ifMatch is null },
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ProblemException e) when (e.Code == ProblemCode.ItemNotFound)
        {
            return false;
        }
    }

    /// <summary>Items, read page by page as far as the caller goes.</summary>
    /// <param name="query">Null for all items in the order of their ids.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public IAsyncEnumerable<Item> ListAsync(ItemListQuery? query = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<ItemPage, Item>(
            _sender, Call.PathOf("tables", _table, "items"), (query ?? new ItemListQuery()).ToMembers, ClientJson.Wire.ItemPage, cancellationToken);

    /// <summary>
    /// Puts and deletes at most 256 items in order. A failed operation stops no other. A batch whose connection broke off is sent again: a
    /// delete that was done then has the problem <see cref="ProblemCode.ItemNotFound"/>, and a put whose rule is fail <see
    /// cref="ProblemCode.ItemExists"/>.
    /// </summary>
    /// <param name="operations">The operations.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A result for each operation.</returns>
    public async Task<IReadOnlyList<BatchResult>> BatchAsync(IEnumerable<BatchOperation> operations, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operations);
        var written = new List<Action<Utf8JsonWriter>>();
        foreach (var operation in operations) written.Add(await operation.ToJsonAsync(cancellationToken).ConfigureAwait(false));
        var body = Members.ObjectOf(json =>
        {
            json.WriteStartArray("operations");
            foreach (var write in written) write(json);
            json.WriteEndArray();
        });
        var call = new Call(HttpMethod.Post, Call.PathOf("tables", _table) + "/items:batch")
        {
            Body = new JsonBody(body),
            Headers = [("Idempotency-Key", Guid.NewGuid().ToString("N"))],
        };
        return (await _sender.ReadAsync(call, ClientJson.Wire.BatchResults, cancellationToken).ConfigureAwait(false)).Results;
    }

    /// <summary>
    /// All items in the order of their ids, as they arrive. A connection that breaks off throws <see cref="ConnectionException"/>: the export is
    /// incomplete then, and begins again with the next call.
    /// </summary>
    /// <param name="withVectors">Whether items have their vectors.</param>
    /// <param name="filter">Only items that match; null for all.</param>
    /// <param name="withPictures">Whether items have the thumbnails and pictures that are kept.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    public IAsyncEnumerable<ExportedItem> ExportAsync(
        bool withVectors = true, string? filter = null, bool withPictures = false, CancellationToken cancellationToken = default) =>
        _sender.ReadLinesAsync(ExportCall(withVectors, filter, withPictures), ClientJson.Wire.ExportedItem, cancellationToken);

    /// <summary>
    /// Writes all items in the order of their ids into a stream, a JSON object on each line, as <see cref="Imports.ImportCalls.SendNdjsonAsync"/>
    /// takes them. An exception means that the stream has only a part of the export.
    /// </summary>
    /// <param name="destination">The stream. It is left open.</param>
    /// <param name="withVectors">Whether items have their vectors.</param>
    /// <param name="filter">Only items that match; null for all.</param>
    /// <param name="withPictures">Whether items have the thumbnails and pictures that are kept.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    public async Task ExportToAsync(
        Stream destination, bool withVectors = true, string? filter = null, bool withPictures = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var answer = await _sender.OpenAsync(ExportCall(withVectors, filter, withPictures), cancellationToken).ConfigureAwait(false);
        await answer.CopyToAsync(destination).ConfigureAwait(false);
    }

    /// <summary>The thumbnail of an item.</summary>
    /// <param name="item">Its key or id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProblemException"><see cref="ProblemCode.PictureNotKept"/>, <see cref="ProblemCode.ItemNotFound"/>.</exception>
    public Task<PictureFile> GetThumbnailAsync(ItemReference item, CancellationToken cancellationToken = default) =>
        ReadPictureAsync(item, "thumbnails", "thumbnail", cancellationToken);

    /// <summary>The picture of an item, as it was sent.</summary>
    /// <param name="item">Its key or id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProblemException"><see cref="ProblemCode.PictureNotKept"/>, <see cref="ProblemCode.ItemNotFound"/>.</exception>
    public Task<PictureFile> GetPictureAsync(ItemReference item, CancellationToken cancellationToken = default) =>
        ReadPictureAsync(item, "pictures", "picture", cancellationToken);

    private static CallBody BodyOf(Picture? picture, Members members)
    {
        if (picture?.Upload is { } upload) return new FormBody(upload, members);
        picture?.AddTo(members);
        return new JsonBody(members.ToJson());
    }

    private Call ExportCall(bool withVectors, string? filter, bool withPictures)
    {
        var query = new Members().AddRaw("vectors", withVectors ? null : "false").Add("filter", filter).AddFlag("pictures", withPictures).ToQuery();
        return new Call(HttpMethod.Get, Call.PathOf("tables", _table, "export") + query) { Accept = "application/x-ndjson" };
    }

    // A key is the last part of its path, because it may have slashes.
    private async Task<PictureFile> ReadPictureAsync(ItemReference item, string kindOfKey, string kindOfId, CancellationToken cancellationToken)
    {
        var path = item.Key is { } key ? Call.PathOf("tables", _table, kindOfKey, key) : $"{PathOf(item)}/{kindOfId}";
        using var answer = await _sender.OpenAsync(new Call(HttpMethod.Get, path) { Accept = "image/*" }, cancellationToken).ConfigureAwait(false);
        using var bytes = new MemoryStream();
        await answer.CopyToAsync(bytes).ConfigureAwait(false);
        return new PictureFile(answer.Response.Content.Headers.ContentType?.MediaType ?? "application/octet-stream", bytes.ToArray());
    }

    private string PathOf(ItemReference item) =>
        item.Key is { } key ? Call.PathOf("tables", _table, "items", key) : Call.PathOf("tables", _table, "rows", item.ToString());

    private Task<Item> ReadAsync(Call call, CancellationToken cancellationToken) => _sender.ReadAsync(
        call, ClientJson.Wire.Item, (item, response) => item with { ETag = response.Headers.ETag?.ToString() }, cancellationToken);
}
