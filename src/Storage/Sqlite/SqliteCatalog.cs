using System.Runtime.CompilerServices;
using ImageSearch.Storage.Catalog;
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
    // 4 MB of float32: a batch takes some milliseconds to read, whatever the model.
    private const int FloatsABatch = 1 << 20;
    private const int MaxRowsABatch = 1024;
    private const int VersionsABatch = 16_384;
    private const int LowDiskMegabytes = 256;
    private const int FullDiskMegabytes = 16;

    // A small write may still fit where a row does not.
    private static readonly TimeSpan FaultCounts = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(5);

    private readonly DataFolderLock _lock;
    private readonly GroupCommitWriter _writer;
    private readonly DropSweeper _sweeper;
    private readonly ReadPool _readers;
    private readonly SqliteOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long? _checked;
    private int _disposed;

    private SqliteCatalog(SqliteOptions options, DataFolderLock folder, SqliteSession session, TimeProvider time, ILogger logger)
    {
        _lock = folder;
        _sweeper = new DropSweeper(logger);
        _readers = new ReadPool(options, logger);
        _writer = new GroupCommitWriter(options, session, _sweeper, _readers, logger);
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    public long Identity { get; private init; }

    /// <summary>Counts commits, and lets a test hold the writer's thread up.</summary>
    internal GroupCommitWriter Writer => _writer;

    /// <summary>The connections that read.</summary>
    internal ReadPool Readers => _readers;

    /// <summary>Opens the catalog of a data folder, which is made where it is missing.</summary>
    /// <exception cref="CatalogException">
    /// Another process has the folder, it can't be written, the file is damaged, another program's or a newer version's, or the native
    /// SQLite can't be used. The sentence, for the operator, says which and what to do.
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
    public Task<TableRecord> CreateTableAsync(TableName name, ModelIdentity model, Metric metric, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(model.Dimension);
        return _writer.WriteAsync(db => Registry.Create(db, name, model, metric, _options.MaxTables, Now), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DropTableAsync(TableGeneration table, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            db =>
            {
                _sweeper.TableDropped();
                return Registry.Drop(db, table);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<RowVersion>> AddAsync(
        TableGeneration table, NewPicture picture, bool searchable, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var vectors = EncodedVectors.From(picture.Vectors, searchable);
        return _writer.WriteAsync(db => RowWrites.Add(db, table, picture, vectors, Now), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Result<RowVersion>> ChangeAsync(
        TableGeneration table, PictureChange change, bool searchable, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var vectors = change.Vectors is { } given ? EncodedVectors.From(given, searchable) : null;
        return _writer.WriteAsync(db => RowWrites.Change(db, table, change, vectors, Now), cancellationToken);
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
        var count = RowsABatch(dimension);
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
        foreach (var some in ids.Chunk(RowsABatch(dimension)))
        {
            yield return await _readers.ReadAsync(db => RowReads.Vectors(db, table, dimension, some), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<RowVersion>> ReadVersionsAsync(
        TableGeneration table, RowSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = long.MinValue; ;)
        {
            var from = after;
            var rows = await _readers.ReadAsync(db => RowReads.Versions(db, table, selection, from, VersionsABatch), cancellationToken)
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
    /// <remarks>Writes, at most once in five seconds: a full disk shows in nothing else.</remarks>
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        if (_writer.FaultWithin(FaultCounts) is { } fault) throw new CatalogException(FailureCode.CatalogUnavailable, fault);
        if (_checked is not { } at || _time.GetElapsedTime(at) >= BetweenChecks)
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

        return free < LowDiskMegabytes ? $"the disk of the data folder has {free} MB left; free some space before writes fail" : null;
    }

    /// <summary>Finishes the writes it has taken, merges the write-ahead log into the file, closes it and lets the folder go.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        // Readers first: a merge that ends with an empty log needs the file to itself.
        await _readers.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
        _logger.SqliteCatalogClosed(_writer.Commits);
    }

    private static int RowsABatch(int dimension) => Math.Clamp(FloatsABatch / dimension, 1, MaxRowsABatch);

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
            return new SqliteCatalog(options, folder, session, time, logger) { Identity = SqliteSchema.Identity(session) };
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
