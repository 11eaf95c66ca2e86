using ImageSearch.Client.Http;
using ImageSearch.Client.Json;
using ImageSearch.Client.Problems;

namespace ImageSearch.Client.Tables;

/// <summary>The calls of tables. They throw <see cref="ImageSearchException"/>.</summary>
public sealed class TableCalls
{
    private const int EntriesPerPage = 100;

    private readonly CallSender _sender;

    internal TableCalls(CallSender sender) => _sender = sender;

    /// <summary>Creates a table. An existing one gets these settings, and keeps its rows.</summary>
    /// <param name="table">Its name: a letter or underscore, then letters, digits or underscores, at most 48 in all.</param>
    /// <param name="settings">Null for the defaults.</param>
    /// <param name="createOnly">Whether an existing table is an error (<see cref="ProblemCode.ConditionFailed"/>).</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Table> CreateAsync(
        string table, TableSettings? settings = null, bool createOnly = false, CancellationToken cancellationToken = default)
    {
        var body = new JsonBody(JsonOf(settings ?? new TableSettings()));
        return ReadAsync(
            new Call(HttpMethod.Put, PathOf(table))
            {
                Body = body,
                Headers = [("If-None-Match", createOnly ? "*" : null)],
                IsIdempotent = !createOnly,
            },
            cancellationToken);
    }

    /// <summary>A table with its settings and sizes.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Table> GetAsync(string table, CancellationToken cancellationToken = default) =>
        ReadAsync(new Call(HttpMethod.Get, PathOf(table)), cancellationToken);

    /// <summary>Changes settings of a table.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="changes">What changes.</param>
    /// <param name="ifMatch">The ETag that the table must have; null for any.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Table> ChangeAsync(string table, TableChanges changes, string? ifMatch = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return ReadAsync(
            new Call(HttpMethod.Patch, PathOf(table))
            {
                Body = new JsonBody(changes.ToJson()),
                Headers = [("If-Match", ifMatch)],
                IsIdempotent = ifMatch is null,
            },
            cancellationToken);
    }

    /// <summary>Deletes a table with all its items.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="ifMatch">The ETag that the table must have; null for any.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False if there is no such table, also because a repeated request had deleted it.</returns>
    public async Task<bool> DeleteAsync(string table, string? ifMatch = null, CancellationToken cancellationToken = default)
    {
        try
        {
            await _sender.SendAsync(
                new Call(HttpMethod.Delete, PathOf(table)) { Headers = [("If-Match", ifMatch)], IsIdempotent = ifMatch is null },
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ProblemException e) when (e.Code == ProblemCode.TableNotFound)
        {
            return false;
        }
    }

    /// <summary>Indexes the rows that wait for the index, and answers when they can be found.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task LoadAsync(string table, CancellationToken cancellationToken = default)
    {
        // This call refuses a token or a table by a text alone; the one before it names the problem.
        await GetAsync(table, cancellationToken).ConfigureAwait(false);
        var call = new Call(HttpMethod.Post, "milvus/img/load" + new Members().Add("table", table).ToQuery());
        var answer = await _sender.ReadAsync(call, ClientJson.Wire.LoadAnswer, cancellationToken).ConfigureAwait(false);
        if (answer.Code == LoadAnswer.Success) return;
        throw new ProblemException(new Problem { Code = ProblemCode.Internal, Detail = answer.Message, Status = 500 }, retryAfter: null, requestId: null);
    }

    /// <summary>All tables by name, read page by page.</summary>
    /// <param name="withSizes">Whether they have their rows and bytes.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public IAsyncEnumerable<Table> ListAsync(bool withSizes = false, CancellationToken cancellationToken = default) => Pages.ReadAsync<TablePage, Table>(
        _sender,
        Call.PathOf("tables"),
        () => new Members().Add("limit", EntriesPerPage).AddFlag("sizes", withSizes),
        ClientJson.Wire.TablePage,
        cancellationToken);

    private static string PathOf(string table) => Call.PathOf("tables", table);

    private static byte[] JsonOf(TableSettings settings) => new Members()
        .AddRaw("model", settings.Model?.ToJson())
        .Add("metric", settings.Metric)
        .Add("on_existing_key", settings.OnExistingKey)
        .Add("main_object", settings.MainObject)
        .AddValue("attributes", settings.Attributes.ToArray(), ClientJson.Wire.AttributeDefinitionArray)
        .Add("max_rows", settings.MaxRows)
        .Add("on_duplicate", settings.OnDuplicate)
        .Add("duplicate_score", settings.DuplicateScore)
        .Add("keep_pictures", settings.KeepPictures)
        .ToJson();

    private Task<Table> ReadAsync(Call call, CancellationToken cancellationToken) => _sender.ReadAsync(
        call, ClientJson.Wire.Table, (table, response) => table with { ETag = response.Headers.ETag?.ToString() }, cancellationToken);
}
