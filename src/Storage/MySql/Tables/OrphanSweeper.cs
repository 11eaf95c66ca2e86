using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Pictures;
using ImageSearch.Storage.MySql.Sessions;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.MySql.Tables;

/// <summary>Periodically completes what processes that died left unfinished, and deletes old changes and writers.</summary>
internal sealed class OrphanSweeper : IAsyncDisposable
{
    private const int RowsPerStatement = 1000;

    private readonly MySqlOptions _options;
    private readonly SessionPool _pool;
    private readonly TableLifecycle _lifecycle;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public OrphanSweeper(MySqlOptions options, SessionPool pool, TableLifecycle lifecycle, ILogger logger)
    {
        (_options, _pool, _lifecycle, _logger) = (options, pool, lifecycle, logger);
        _loop = Task.Run(LoopAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _pool.RunAsync(SweepAsync, _stop.Token).ConfigureAwait(false);
                await Task.Delay(_options.SweepInterval, TimeProvider.System, _stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Leftovers do no harm; the next sweep tries again.
                _logger.SweepFailed(e);
                await Task.Delay(_options.SweepInterval, TimeProvider.System, _stop.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> SweepAsync(MySqlSession db)
    {
        await _lifecycle.SweepAsync(db).ConfigureAwait(false);
        await IndexSweep.RunAsync(db, _options).ConfigureAwait(false);
        await PictureSweep.RunAsync(db, _options).ConfigureAwait(false);

        // By the server's clock, which set these dates. A writer that lost a commit's reply looks for its change until the retry deadline.
        var seconds = (long)Math.Max(_options.ChangeRetention.TotalSeconds, 2 * _options.RetryDeadline.TotalSeconds + 60);
        while (await db.ExecuteAsync(
            $"DELETE FROM `imagesearch$changes` WHERE seen < NOW() - INTERVAL @seconds SECOND LIMIT {RowsPerStatement}", new { seconds })
            .ConfigureAwait(false) == RowsPerStatement)
        {
        }

        await db.ExecuteAsync("DELETE FROM `imagesearch$writers` WHERE seen < NOW() - INTERVAL 7 DAY").ConfigureAwait(false);
        return true;
    }
}
