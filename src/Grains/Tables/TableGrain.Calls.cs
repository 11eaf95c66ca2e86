using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Tables;

/// <content>Runs calls: enters the gate, opens the table, converts exceptions to failures and measures the duration.</content>
public sealed partial class TableGrain
{
    private Task<Result<T>> SharedAsync<T>(string name, Func<TableRecord, Task<Result<T>>> call, CancellationToken cancellationToken) =>
        metrics.MeasureAsync(name, metrics.Begin(), SharedAsync(call, cancellationToken));

    private async Task<Result<T>> SharedAsync<T>(Func<TableRecord, Task<Result<T>>> call, CancellationToken cancellationToken)
    {
        using var shared = await _gate.EnterSharedAsync(cancellationToken);
        return await AsResultAsync(() => OnTableAsync(call, cancellationToken));
    }

    // Another process may have dropped and created the table since this activation opened it. The call, which had no effect then, is
    // retried on the new table. A table that is dropped at every attempt counts as not found. A table that the store lost is opened once
    // more.
    private async Task<Result<T>> OnTableAsync<T>(Func<TableRecord, Task<Result<T>>> call, CancellationToken cancellationToken)
    {
        const int MaxAttempts = 3;
        var isReopened = false;
        for (var i = 0; i < MaxAttempts; i++)
        {
            TableRecord? table = null;
            try
            {
                table = await _table!.OpenAsync(_name, cancellationToken);
                if (table is null) break;
                var result = await call(table);
                if (result.Failure?.Code != FailureCode.TableDropped) return result;
            }
            catch (CatalogException e) when (e.Code == FailureCode.TableDropped)
            {
            }
            catch (VectorStoreException) when (table is not null && !_table!.IsOpen(table.Generation))
            {
                // A concurrent call noticed the drop first and closed the table.
            }
            catch (VectorStoreException e) when (e.NeedsReopening)
            {
                // Only a search, or opening the table, can throw this: a write succeeds once the catalog has committed it.
                if (table is not null) _table!.Invalidate(table);
                if (isReopened) throw;
                logger.TableReopened(_name, e.Message);
                isReopened = true;
                continue;
            }

            if (table is not null) await _table!.CloseAsync(table.Generation);
        }

        return TableNotFound();
    }

    private Task<Result<T>> ExclusiveAsync<T>(string name, Func<Task<Result<T>>> call, CancellationToken cancellationToken) =>
        metrics.MeasureAsync(name, metrics.Begin(), ExclusiveAsync(call, cancellationToken));

    private async Task<Result<T>> ExclusiveAsync<T>(Func<Task<Result<T>>> call, CancellationToken cancellationToken)
    {
        using var exclusive = await _gate.EnterExclusiveAsync(cancellationToken);
        return await AsResultAsync(call);
    }

    // Failures of the catalog and the store are returned as values: a caller on another silo may not know the exceptions' types.
    private async Task<Result<T>> AsResultAsync<T>(Func<Task<Result<T>>> call)
    {
        try
        {
            return await call();
        }
        catch (CatalogException e)
        {
            logger.CatalogFailed(_name, e);
            return e.Failure;
        }
        catch (VectorStoreException e)
        {
            logger.VectorStoreFailed(_name, e);
            return new Failure(FailureCode.VectorStoreUnavailable, e.Message);
        }
    }
}
