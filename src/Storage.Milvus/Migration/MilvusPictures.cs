using System.Globalization;
using System.Runtime.CompilerServices;
using ImageSearch.Storage.Milvus.Wire;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Milvus.Migration;

/// <summary>Reads the collection of pictures of another system. It does not write to the collection.</summary>
public sealed class MilvusPictures : IAsyncDisposable
{
    // Every segment returns as many rows as requested, and the server limits a response to 64 MB. So pages contain ids only, and rows are
    // requested by id, some megabytes at a time.
    private const int BytesPerPage = 8 << 20;
    private const int TextBytesPerRow = 1024;
    private const int MaxRowsPerPage = 2048;

    // Milvus parses long.MinValue as a positive number that is too large.
    private const long MinId = -long.MaxValue;

    private static readonly TimeSpan LoadPollInterval = TimeSpan.FromMilliseconds(500);

    private readonly MilvusClient _client;
    private readonly MilvusOptions _options;
    private readonly string _name;
    private readonly TimeProvider _time;
    private bool _loadedHere;

    private MilvusPictures(MilvusClient client, MilvusOptions options, CollectionFields fields, string name, TimeProvider time) =>
        (_client, _options, Fields, _name, _time) = (client, options, fields, name, time);

    /// <summary>The fields that are read.</summary>
    public CollectionFields Fields { get; }

    /// <summary>The number of rows that were deleted between the read of their ids and the read of the rows.</summary>
    public long Vanished { get; private set; }

    /// <summary>Opens a collection and ensures that its rows can be read.</summary>
    /// <param name="options">The server.</param>
    /// <param name="name">The collection.</param>
    /// <param name="fields">The names of its fields as the user specified them.</param>
    /// <param name="load">Whether to load the collection if it is not loaded, and to release it on disposal.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The logger of the client.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The collection, or a failure that says why its rows can't be read and what to do.</returns>
    /// <exception cref="MilvusException">The server is unreachable or rejects the call.</exception>
    public static async Task<Result<MilvusPictures>> OpenAsync(
        MilvusOptions options, string name, FieldNames fields, bool load, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var client = new MilvusClient(options, time, logger);
        MilvusPictures? opened = null;
        var isReady = false;
        try
        {
            var found = await CollectionCalls.RunAsync(options, name, () => client.FindCollectionAsync(name, cancellationToken)).ConfigureAwait(false);
            if (found is null) return new Failure(FailureCode.TableNotFound, $"Milvus at {options} has no collection {ServerText.Printable(name)}");
            if (!CollectionFields.Find(found, fields).TryGet(out var detected, out var failure)) return failure;
            opened = new MilvusPictures(client, options, detected, name, time);
            if (await opened.MakeReadableAsync(load, cancellationToken).ConfigureAwait(false) is { } notLoaded) return notLoaded;
            isReady = true;
            return opened;
        }
        finally
        {
            if (!isReady)
            {
                if (opened is not null) await opened.DisposeAsync().ConfigureAwait(false);
                else await client.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>The current number of rows; duplicates of an id count.</summary>
    /// <exception cref="MilvusException">The server is unreachable or rejects the call.</exception>
    public Task<long> CountAsync(CancellationToken cancellationToken) => CallAsync(() => _client.CountAsync(_name, strong: true, cancellationToken));

    /// <summary>All rows in ascending order of id, without duplicates, some megabytes at a time.</summary>
    /// <exception cref="MilvusException">The server is unreachable or rejects the call.</exception>
    public async IAsyncEnumerable<IReadOnlyList<CollectionRow>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rowsPerPage = Math.Clamp(BytesPerPage / ((Fields.Dimension * sizeof(float)) + TextBytesPerRow), 1, MaxRowsPerPage);
        for (var after = MinId; ;)
        {
            var ids = await IdsAsync(after, cancellationToken).ConfigureAwait(false);
            if (ids.Count == 0) yield break;
            foreach (var page in ids.Chunk(rowsPerPage)) yield return await RowsAsync(page, cancellationToken).ConfigureAwait(false);
            after = ids[^1];
        }
    }

    /// <summary>Releases the collection if this object loaded it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_loadedHere)
        {
            try
            {
                await _client.ReleaseAsync(_name, CancellationToken.None).ConfigureAwait(false);
            }
            catch (MilvusException)
            {
                // The collection stays loaded, but the rows were read, so this is not a failure.
            }
        }

        await _client.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<Failure?> MakeReadableAsync(bool load, CancellationToken cancellationToken)
    {
        var percent = await CallAsync(() => _client.LoadProgressAsync(_name, cancellationToken)).ConfigureAwait(false);
        if (percent < 0)
        {
            if (!load) return CollectionCalls.NotLoaded(_options, _name);
            _loadedHere = true;
            await CallAsync(async () =>
            {
                await _client.LoadAsync(_name, replicas: 1, cancellationToken).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }

        while (percent < 100)
        {
            await Task.Delay(LoadPollInterval, _time, cancellationToken).ConfigureAwait(false);
            percent = await CallAsync(() => _client.LoadProgressAsync(_name, cancellationToken)).ConfigureAwait(false);
            if (percent < 0) return CollectionCalls.NotLoaded(_options, _name);
        }

        return null;
    }

    private async Task<List<long>> IdsAsync(long after, CancellationToken cancellationToken)
    {
        var filter = string.Create(CultureInfo.InvariantCulture, $"{Fields.Id} > {after}");
        var query = new MilvusQuery(filter, MilvusQuery.MaxRows, [Fields.Id]) { Strong = true };
        var page = await CallAsync(() => _client.QueryAsync(_name, query, cancellationToken)).ConfigureAwait(false);
        var ids = page.Int64s(Fields.Id).Where(id => id > after).Distinct().ToList();
        ids.Sort();
        return ids;
    }

    private async Task<List<CollectionRow>> RowsAsync(long[] ids, CancellationToken cancellationToken)
    {
        // A strongly consistent read takes some hundred milliseconds, so it is used only if rows seem to be missing.
        var rows = await RowsAsync(ids, strong: false, cancellationToken).ConfigureAwait(false);
        if (rows.Count < ids.Length) rows = await RowsAsync(ids, strong: true, cancellationToken).ConfigureAwait(false);
        Vanished += ids.Length - rows.Count;
        return rows;
    }

    private async Task<List<CollectionRow>> RowsAsync(long[] ids, bool strong, CancellationToken cancellationToken)
    {
        string[] fields = [Fields.Id, .. new[] { Fields.Key, Fields.Path }.OfType<string>().Distinct(), Fields.Vector];
        var query = new MilvusQuery($"{Fields.Id} in [{string.Join(',', ids.Select(Text))}]", ids.Length, fields) { Strong = strong, LowestFirst = false };
        var page = await CallAsync(() => _client.QueryAsync(_name, query, cancellationToken)).ConfigureAwait(false);
        var (found, vectors) = (page.Int64s(Fields.Id), page.Vectors(Fields.Vector));
        var keys = Fields.Key is null ? null : page.Strings(Fields.Key);
        var paths = Fields.Path is null ? null : page.Strings(Fields.Path);
        var rows = new List<CollectionRow>(found.Count);
        for (var i = 0; i < found.Count; i++) rows.Add(new CollectionRow(found[i], keys?[i], paths?[i], vectors[i]));
        return [.. rows.DistinctBy(row => row.Id).OrderBy(row => row.Id)];
    }

    private Task<T> CallAsync<T>(Func<Task<T>> call) => CollectionCalls.RunAsync(_options, _name, call);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
