using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Sessions;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.MySql.Attributes;

/// <summary>
/// Completes indexes in the background: at once those that this process starts, and those that another process left incomplete at the next
/// interval.
/// </summary>
internal sealed class AttributeIndexer : IAsyncDisposable
{
    // Writers of the table wait for a batch. Between batches they have the table for as long as one took, and at least this.
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(5);

    private readonly MySqlOptions _options;
    private readonly SessionPool _pool;
    private readonly IReadOnlyList<ColumnIndexes> _columns;
    private readonly IndexBuilder _builder;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Task _loop;

    public AttributeIndexer(MySqlOptions options, SessionPool pool, IReadOnlyList<ColumnIndexes> columns, ILogger logger)
    {
        (_options, _pool, _columns, _logger) = (options, pool, columns, logger);
        _builder = new IndexBuilder(options);
        foreach (var column in columns) column.IsWanted = Wake;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Looks for incomplete indexes now.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake or about to be.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
        _wake.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await CompleteAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Filters do without the index; the next round tries again.
                _logger.IndexingFailed(e);
            }

            try
            {
                await _wake.WaitAsync(_options.SweepInterval, _stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task CompleteAsync()
    {
        foreach (var table in await _pool.RunAsync(IndexBuilder.FindAsync, _stop.Token).ConfigureAwait(false))
        {
            await TryAsync(table, BuildAsync).ConfigureAwait(false);
        }

        foreach (var column in _columns)
        {
            foreach (var table in column.Wanted) await TryAsync(table, wanted => AddKeyAsync(column, wanted)).ConfigureAwait(false);
        }
    }

    // One table's failure must not stop the others. The next round tries it again.
    private async Task TryAsync(TableGeneration table, Func<TableGeneration, Task> work)
    {
        try
        {
            await work(table).ConfigureAwait(false);
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            _logger.TableIndexingFailed(table, e);
        }
    }

    private async Task BuildAsync(TableGeneration table)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (await _pool.RunAsync(db => _builder.BuildAsync(db, table), _stop.Token).ConfigureAwait(false))
        {
            var took = TimeProvider.System.GetElapsedTime(began);
            await Task.Delay(took > MinPause ? took : MinPause, TimeProvider.System, _stop.Token).ConfigureAwait(false);
            began = TimeProvider.System.GetTimestamp();
        }
    }

    // On a connection of its own: it may take minutes.
    private async Task AddKeyAsync(ColumnIndexes column, TableGeneration table)
    {
        var db = await _pool.OpenAsync(_stop.Token).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"key on {column.Column} {table.Number}");
            if (await DatabaseLock.TryTakeAsync(db, _options, name, TimeSpan.Zero).ConfigureAwait(false) is null) return;
            await column.AddAsync(db, table).ConfigureAwait(false);
            _logger.KeyAdded(column.Column, table);
        }
    }
}
