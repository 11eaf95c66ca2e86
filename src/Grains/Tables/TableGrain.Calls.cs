using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Tables;

/// <content>How a call goes through the gate, finds the table open, has its failures turned into values and is measured.</content>
public sealed partial class TableGrain
{
    private Task<Result<T>> SharedAsync<T>(string name, Func<TableRecord, Task<Result<T>>> call, CancellationToken cancellationToken) =>
        metrics.MeasureAsync(name, metrics.Begin(), SharedAsync(call, cancellationToken));

    private async Task<Result<T>> SharedAsync<T>(Func<TableRecord, Task<Result<T>>> call, CancellationToken cancellationToken)
    {
        using var pass = await _gate.EnterSharedAsync(cancellationToken);
        return await AnsweredAsync(() => OnTableAsync(call, cancellationToken));
    }

    // Another process may have dropped the table and made it anew since this activation looked: the call, which did nothing then, is made
    // on what is there now. A table that vanishes every time is as good as not there. A table that the store has lost is opened once more.
    private async Task<Result<T>> OnTableAsync<T>(Func<TableRecord, Task<Result<T>>> call, CancellationToken cancellationToken)
    {
        const int Tries = 3;
        var mended = false;
        for (var i = 0; i < Tries; i++)
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
            catch (VectorStoreException) when (table is not null && !_table!.Holds(table.Generation))
            {
                // Another call has found out first, and closed the table under this one.
            }
            catch (VectorStoreException e) when (e.NeedsReopening)
            {
                // A write has been answered for by the catalog before it comes here, and does not throw: this is a search, or the opening.
                if (table is not null) _table!.ReopenAtNextCall(table);
                if (mended) throw;
                LogMending(_name, e.Message);
                mended = true;
                continue;
            }

            if (table is not null) await _table!.CloseAsync(table.Generation);
        }

        return TableNotFound();
    }

    private Task<Result<T>> ExclusivelyAsync<T>(string name, Func<Task<Result<T>>> call, CancellationToken cancellationToken) =>
        metrics.MeasureAsync(name, metrics.Begin(), ExclusivelyAsync(call, cancellationToken));

    private async Task<Result<T>> ExclusivelyAsync<T>(Func<Task<Result<T>>> call, CancellationToken cancellationToken)
    {
        using var pass = await _gate.EnterExclusiveAsync(cancellationToken);
        return await AnsweredAsync(call);
    }

    // The catalog's and the store's faults are answers, not exceptions: those would cross silos as types that callers may not know.
    private async Task<Result<T>> AnsweredAsync<T>(Func<Task<Result<T>>> call)
    {
        try
        {
            return await call();
        }
        catch (CatalogException e)
        {
            LogCatalogFault(_name, e);
            return new Failure(e.Code, e.Message);
        }
        catch (VectorStoreException e)
        {
            LogVectorStoreFault(_name, e);
            return new Failure(FailureCode.VectorStoreUnavailable, e.Message);
        }
    }

    [LoggerMessage(EventId = 201, Level = LogLevel.Error, Message = "Table {Table}: the catalog failed")]
    private partial void LogCatalogFault(TableName table, Exception exception);

    [LoggerMessage(EventId = 202, Level = LogLevel.Error, Message = "Table {Table}: the vector store failed")]
    private partial void LogVectorStoreFault(TableName table, Exception exception);

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "Table {Table}: row {Id} is stored but not indexed yet")]
    private partial void LogNotIndexed(TableName table, long id, Exception exception);

    [LoggerMessage(EventId = 204, Level = LogLevel.Warning, Message = "Table {Table} is compared with the catalog anew: {Reason}")]
    private partial void LogMending(TableName table, string reason);
}
