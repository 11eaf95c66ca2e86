using System.Globalization;
using System.Runtime.CompilerServices;
using ImageSearch.Storage.Milvus.Wire;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Milvus.Migration;

/// <summary>A row of another system's collection.</summary>
/// <param name="Id">The primary key, any number.</param>
/// <param name="Key">The shop's key.</param>
/// <param name="Path">Where the picture is.</param>
/// <param name="Vector">As it is stored, of any length.</param>
public sealed record CollectionRow(long Id, string? Key, string? Path, ReadOnlyMemory<float> Vector);

/// <summary>A collection of pictures that another system made in Milvus. It is read only.</summary>
public sealed class MilvusPictures : IAsyncDisposable
{
    // Every segment of the collection gives as many rows as are asked for, and the server may give no more than 64 MB in all: so ids alone
    // are paged through, and rows are asked for by id, some megabytes at a time.
    private const int BytesAPage = 8 << 20;
    private const int BytesOfTexts = 1024;
    private const int MaxRowsAPage = 2048;

    // Milvus reads the least of all numbers as a positive one that is too large.
    private const long BeforeAll = -long.MaxValue;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly MilvusClient _client;
    private readonly MilvusOptions _options;
    private readonly string _name;
    private readonly TimeProvider _time;
    private bool _wasLoadedHere;

    private MilvusPictures(MilvusClient client, MilvusOptions options, CollectionFields fields, string name, TimeProvider time) =>
        (_client, _options, Fields, _name, _time) = (client, options, fields, name, time);

    /// <summary>What is read of it.</summary>
    public CollectionFields Fields { get; }

    /// <summary>Rows that were in the list of ids and gone when they were asked for.</summary>
    public long Vanished { get; private set; }

    /// <summary>Looks at a collection and makes sure that its rows can be read.</summary>
    /// <param name="options">The server.</param>
    /// <param name="name">The collection.</param>
    /// <param name="fields">What the user says of its fields.</param>
    /// <param name="load">Load it where it is not loaded, and release it when this is disposed of.</param>
    /// <param name="time">For the wait until it is loaded.</param>
    /// <param name="logger">For the client.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The collection, or why its rows can't be read and what to do.</returns>
    /// <exception cref="MilvusException">The server can't be reached or refuses.</exception>
    public static async Task<Result<MilvusPictures>> OpenAsync(
        MilvusOptions options, string name, FieldNames fields, bool load, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var client = new MilvusClient(options, time, logger);
        MilvusPictures? opened = null;
        var isReady = false;
        try
        {
            var found = await CollectionCalls.AskAsync(options, name, () => client.FindCollectionAsync(name, cancellationToken)).ConfigureAwait(false);
            if (found is null) return new Failure(FailureCode.TableNotFound, $"Milvus at {options} has no collection {ServerText.Printable(name)}");
            if (!CollectionFields.Find(found, fields).TryGet(out var told, out var failure)) return failure;
            opened = new MilvusPictures(client, options, told, name, time);
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

    /// <summary>How many rows there are at this moment; an id that stands there twice counts twice.</summary>
    /// <exception cref="MilvusException">The server can't be reached or refuses.</exception>
    public Task<long> CountAsync(CancellationToken cancellationToken) => AskAsync(() => _client.CountAsync(_name, strong: true, cancellationToken));

    /// <summary>All rows in ascending order of id, each once, some megabytes at a time.</summary>
    /// <exception cref="MilvusException">The server can't be reached or refuses.</exception>
    public async IAsyncEnumerable<IReadOnlyList<CollectionRow>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rowsAPage = Math.Clamp(BytesAPage / ((Fields.Dimension * sizeof(float)) + BytesOfTexts), 1, MaxRowsAPage);
        for (var after = BeforeAll; ;)
        {
            var ids = await IdsAsync(after, cancellationToken).ConfigureAwait(false);
            if (ids.Count == 0) yield break;
            foreach (var some in ids.Chunk(rowsAPage)) yield return await RowsAsync(some, cancellationToken).ConfigureAwait(false);
            after = ids[^1];
        }
    }

    /// <summary>Leaves the collection as it was found.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_wasLoadedHere)
        {
            try
            {
                await _client.ReleaseAsync(_name, CancellationToken.None).ConfigureAwait(false);
            }
            catch (MilvusException)
            {
                // It then stays in the server's memory, which is no reason to call what was read a failure.
            }
        }

        await _client.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<Failure?> MakeReadableAsync(bool load, CancellationToken cancellationToken)
    {
        var percent = await AskAsync(() => _client.LoadProgressAsync(_name, cancellationToken)).ConfigureAwait(false);
        if (percent < 0)
        {
            if (!load) return CollectionCalls.NotLoaded(_options, _name);
            _wasLoadedHere = true;
            await AskAsync(async () =>
            {
                await _client.LoadAsync(_name, replicas: 1, cancellationToken).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }

        while (percent < 100)
        {
            await Task.Delay(BetweenLooks, _time, cancellationToken).ConfigureAwait(false);
            percent = await AskAsync(() => _client.LoadProgressAsync(_name, cancellationToken)).ConfigureAwait(false);
            if (percent < 0) return CollectionCalls.NotLoaded(_options, _name);
        }

        return null;
    }

    private async Task<List<long>> IdsAsync(long after, CancellationToken cancellationToken)
    {
        var filter = string.Create(CultureInfo.InvariantCulture, $"{Fields.Id} > {after}");
        var query = new MilvusQuery(filter, MilvusQuery.MaxRows, [Fields.Id]) { Strong = true };
        var page = await AskAsync(() => _client.QueryAsync(_name, query, cancellationToken)).ConfigureAwait(false);
        var ids = page.Int64s(Fields.Id).Where(id => id > after).Distinct().ToList();
        ids.Sort();
        return ids;
    }

    private async Task<List<CollectionRow>> RowsAsync(long[] ids, CancellationToken cancellationToken)
    {
        // Waiting for all writes takes some hundred milliseconds, so it is done only where rows seem to be missing.
        var rows = await RowsAsync(ids, strong: false, cancellationToken).ConfigureAwait(false);
        if (rows.Count < ids.Length) rows = await RowsAsync(ids, strong: true, cancellationToken).ConfigureAwait(false);
        Vanished += ids.Length - rows.Count;
        return rows;
    }

    private async Task<List<CollectionRow>> RowsAsync(long[] ids, bool strong, CancellationToken cancellationToken)
    {
        string[] fields = [Fields.Id, .. new[] { Fields.Key, Fields.Path }.OfType<string>().Distinct(), Fields.Vector];
        var query = new MilvusQuery($"{Fields.Id} in [{string.Join(',', ids.Select(Text))}]", ids.Length, fields) { Strong = strong, LowestFirst = false };
        var page = await AskAsync(() => _client.QueryAsync(_name, query, cancellationToken)).ConfigureAwait(false);
        var (found, vectors) = (page.Int64s(Fields.Id), page.Vectors(Fields.Vector));
        var keys = Fields.Key is null ? null : page.Strings(Fields.Key);
        var paths = Fields.Path is null ? null : page.Strings(Fields.Path);
        var rows = new List<CollectionRow>(found.Count);
        for (var i = 0; i < found.Count; i++) rows.Add(new CollectionRow(found[i], keys?[i], paths?[i], vectors[i]));
        return [.. rows.DistinctBy(row => row.Id).OrderBy(row => row.Id)];
    }

    private Task<T> AskAsync<T>(Func<Task<T>> call) => CollectionCalls.AskAsync(_options, _name, call);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
