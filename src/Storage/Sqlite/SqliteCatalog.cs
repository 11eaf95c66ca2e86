using System.Runtime.CompilerServices;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Originals;
using ImageSearch.Storage.Sqlite.Attributes;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;
using ImageSearch.Storage.Sqlite.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Sqlite;

/// <summary>The catalog in one SQLite file, <c>catalog.db</c>, which one process uses at a time.</summary>
public sealed partial class SqliteCatalog : ICatalog
{
    // 4 MB of float32: reading a batch takes milliseconds for any model.
    private const int FloatsPerBatch = 1 << 20;
    private const int MaxRowsPerBatch = 1024;
    private const int VersionsPerBatch = 16_384;
    private const int LowDiskMegabytes = 256;
    private const int FullDiskMegabytes = 16;

    // A failed write counts for a while: the check's small write may succeed when a row no longer fits.
    private static readonly TimeSpan FaultMemory = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);

    private readonly DataFolderLock _lock;
    private readonly GroupCommitWriter _writer;
    private readonly DropSweeper _sweeper;
    private readonly AttributeIndexer _indexer;
    private readonly ReadPool _readers;
    private readonly OriginalFiles _originals;
    private readonly SqliteOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long? _checked;
    private int _disposed;

    private SqliteCatalog(
        SqliteOptions options, DataFolderLock folder, SqliteSession session, long identity, TimeProvider time, ILogger logger)
    {
        Identity = identity;
        _lock = folder;
        _originals = new OriginalFiles(options.Objects, identity, logger);
        _sweeper = new DropSweeper(logger);
        _indexer = new AttributeIndexer(logger);
        _readers = new ReadPool(options, logger);
        _writer = new GroupCommitWriter(options, session, [_sweeper, _indexer], _readers, logger);
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    public long Identity { get; }

    /// <summary>For counting commits, and for tests that block the writer's thread.</summary>
    internal GroupCommitWriter Writer => _writer;

    /// <summary>The read connections.</summary>
    internal ReadPool Readers => _readers;

    /// <summary>Opens the catalog of a data folder, which is created if missing.</summary>
    /// <exception cref="CatalogException">
    /// The folder is in use or not writable; the file is damaged, or belongs to another program or a newer version; or the native SQLite
    /// library can't be used. The message tells the operator what to do.
    /// </exception>
    public static Task<SqliteCatalog> OpenAsync(
        SqliteOptions options, TimeProvider time, ILogger<SqliteCatalog> logger, CancellationToken cancellationToken)
    {
        options.Validate();
        return Task.Run(() => Open(options, time, logger, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TableRecord>> ListTablesAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync(Registry.List, cancellationToken);

    /// <inheritdoc/>
    public Task<TableRecord?> FindTableAsync(TableName name, CancellationToken cancellationToken) =>
        _readers.ReadAsync(db => Registry.Find(db, name), cancellationToken);

    /// <inheritdoc/>
    public Task<TableRecord> CreateTableAsync(TableName name, ModelIdentity model, Metric metric, CancellationToken cancellationToken) =>
        CreateTableAsync(name, model, metric, TableSettings.Default, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DropTableAsync(TableGeneration table, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            db =>
            {
                _sweeper.WorkAdded();
                return Registry.Drop(db, table);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<Result<RowVersion>> AddAsync(
        TableGeneration table, NewPicture picture, bool searchable, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var encoded = await _originals.StoreAsync(table, EncodedPicture.From(picture, searchable), cancellationToken).ConfigureAwait(false);
        return await _writer.WriteAsync(db => RowWrites.Add(db, table, encoded, Now), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<Result<RowVersion>>>> AddManyAsync(
        TableGeneration table, IReadOnlyList<NewPicture> pictures, bool searchable, CancellationToken cancellationToken) =>
        BulkAdd.RunAsync(
            pictures,
            searchable,
            rows => _originals.StoreAsync(table, rows, cancellationToken),
            (rows, cancelled) => _writer.WriteAsync(db => RowWrites.AddMany(db, table, rows, Now), rows.Count, cancelled),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<Result<RowVersion>> ChangeAsync(
        TableGeneration table, PictureChange change, bool searchable, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var vectors = await EncodeAsync(table, change.Vectors, searchable, cancellationToken).ConfigureAwait(false);
        return await _writer.WriteAsync(db => RowWrites.Change(db, table, change, vectors, Now), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<RowVersion>>> DeleteByIdsAsync(
        TableGeneration table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        _writer.WriteAsync(db => RowWrites.DeleteByIds(db, table, ids), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<RowVersion>>> DeleteByKeysAsync(
        TableGeneration table, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        _writer.WriteAsync(db => RowWrites.DeleteByKeys(db, table, keys), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<int>> MarkSearchableAsync(
        TableGeneration table, IReadOnlyCollection<RowVersion> rows, CancellationToken cancellationToken) =>
        _writer.WriteAsync(db => RowWrites.MarkSearchable(db, table, rows), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<JoinedRows>> ReadTextsAsync(
        TableGeneration table, IReadOnlyCollection<RowVersion> rows, CancellationToken cancellationToken) =>
        _readers.ReadAsync(db => RowReads.Texts(db, table, rows), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<VectorBatch> ReadVectorsAsync(
        TableGeneration table, int dimension, RowSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        var count = RowsPerBatch(dimension);
        var after = long.MinValue;
        while (await _readers.ReadAsync(db => RowReads.Vectors(db, table, dimension, selection, after, count), cancellationToken)
            .ConfigureAwait(false) is { } read)
        {
            yield return read.Batch;
            after = read.Last;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<VectorBatch> ReadVectorsAsync(
        TableGeneration table, int dimension, IReadOnlyList<long> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        foreach (var chunk in ids.Chunk(RowsPerBatch(dimension)))
        {
            yield return await _readers.ReadAsync(db => RowReads.Vectors(db, table, dimension, chunk), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<RowVersion>> ReadVersionsAsync(
        TableGeneration table, RowSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = long.MinValue; ;)
        {
            var from = after;
            var rows = await _readers.ReadAsync(db => RowReads.Versions(db, table, selection, from, VersionsPerBatch), cancellationToken)
                .ConfigureAwait(false);
            if (rows.Count == 0)
            {
                yield break;
            }

            yield return rows;
            after = rows[^1].Id;
        }
    }

    /// <inheritdoc/>
    public Task<Result<long>> CountSearchableAsync(TableGeneration table, CancellationToken cancellationToken) =>
        _readers.ReadAsync(db => RowReads.CountSearchable(db, table), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Writes, at most every five seconds: nothing else reveals a full disk.</remarks>
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        if (_writer.FaultWithin(FaultMemory) is { } fault) throw new CatalogException(FailureCode.CatalogUnavailable, fault);
        if (_checked is not { } at || _time.GetElapsedTime(at) >= CheckInterval)
        {
            await _writer.WriteAsync(db => db.Execute("UPDATE imagesearch_identity SET identity = identity"), cancellationToken).ConfigureAwait(false);
            _checked = _time.GetTimestamp();
        }

        var free = new DriveInfo(_options.DataFolder).AvailableFreeSpace >> 20;
        if (free < FullDiskMegabytes)
        {
            throw new CatalogException(
                FailureCode.CatalogUnavailable, $"the disk of the data folder is full ({free} MB left); free some space");
        }

        return free < LowDiskMegabytes ? $"the disk of the data folder has {free} MB left; free some space before writes fail" : _originals.Warning;
    }

    /// <summary>Completes queued writes, merges the write-ahead log into the file, closes it and releases the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        // Readers first: truncating the log needs exclusive access to the file.
        await _readers.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
        _logger.SqliteCatalogClosed(_writer.Commits);
    }

    private async ValueTask<EncodedVectors?> EncodeAsync(
        TableGeneration table, PictureVectors? vectors, bool searchable, CancellationToken cancellationToken) =>
        vectors is null ? null : await _originals.StoreAsync(table, EncodedVectors.From(vectors, searchable), cancellationToken).ConfigureAwait(false);

    private static int RowsPerBatch(int dimension) => Math.Clamp(FloatsPerBatch / dimension, 1, MaxRowsPerBatch);

    private string Now => CatalogTime.Text(_time);

    private static SqliteCatalog Open(
        SqliteOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var folder = DataFolderLock.Take(options.DataFolder);
        SqliteSession? session = null;
        try
        {
            session = SqliteSession.OpenWriter(options);
            SqliteSchema.Prepare(session);
            new OwnTables(session, options.RowsPerMove, time, logger).Move(cancellationToken);
            var tables = Registry.List(session).Count;
            logger.SqliteCatalogOpened(options.DatabasePath, session.Version, SqliteSchema.Version, tables);
            return new SqliteCatalog(options, folder, session, SqliteSchema.Identity(session), time, logger);
        }
        catch (Exception e)
        {
            session?.Dispose();
            folder.Dispose();
            if (e is SqliteException sqlite)
            {
                throw SqliteErrors.Translate(sqlite, options.DataFolder);
            }

            throw;
        }
    }
}
