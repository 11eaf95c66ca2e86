using ImageSearch.Storage.MySql.Sessions;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.MySql.Tables;

/// <summary>Ends, now and then, what processes that died left half-way, and forgets changes and writers of long ago.</summary>
internal sealed class OrphanSweeper : IAsyncDisposable
{
    private const int RowsATurn = 1000;

    private readonly MySqlOptions _options;
    private readonly SessionPool _pool;
    private readonly TableLifecycle _lifecycle;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;

    public OrphanSweeper(MySqlOptions options, SessionPool pool, TableLifecycle lifecycle, ILogger logger)
    {
        (_options, _pool, _lifecycle, _logger) = (options, pool, lifecycle, logger);
        _loop = Task.Run(LoopAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _pool.RunAsync(SweepAsync, _stopping.Token).ConfigureAwait(false);
                await Task.Delay(_options.SweepInterval, TimeProvider.System, _stopping.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // What is left does no harm; the next turn tries again.
                _logger.SweepFailed(e);
                await Task.Delay(_options.SweepInterval, TimeProvider.System, _stopping.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> SweepAsync(MySqlSession db)
    {
        await _lifecycle.SweepAsync(db).ConfigureAwait(false);

        // The server's clock, on which these dates were written. A writer whose commit got no answer looks for its change until the deadline.
        var seconds = (long)Math.Max(_options.ChangeRetention.TotalSeconds, 2 * _options.RetryDeadline.TotalSeconds + 60);
        while (await db.ExecuteAsync(
            $"DELETE FROM `imagesearch$changes` WHERE seen < NOW() - INTERVAL @seconds SECOND LIMIT {RowsATurn}", new { seconds })
            .ConfigureAwait(false) == RowsATurn)
        {
        }

        await db.ExecuteAsync("DELETE FROM `imagesearch$writers` WHERE seen < NOW() - INTERVAL 7 DAY").ConfigureAwait(false);
        return true;
    }
}
