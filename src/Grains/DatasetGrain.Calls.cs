using ImageSearch.Storage;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains;

/// <content>How a call goes through the gate, finds the table open and has its failures turned into values.</content>
public sealed partial class DatasetGrain
{
    private async Task<Result<T>> SharedAsync<T>(Func<TableRecord, Task<Result<T>>> call, CancellationToken cancellationToken)
    {
        using var pass = await _gate.EnterSharedAsync(cancellationToken);
        return await AnsweredAsync(
            async () =>
            {
                var mended = false;
                while (true)
                {
                    var table = await _table!.OpenAsync(_name, cancellationToken);
                    if (table is null) return TableNotFound();
                    try
                    {
                        var result = await call(table);
                        if (result.Failure?.Code != FailureCode.TableDropped) return result;

                        // Somebody else dropped it: this activation's view is old.
                        await _table.CloseAsync(table.Generation);
                        return TableNotFound();
                    }
                    catch (VectorStoreException e) when (e.NeedsReopening)
                    {
                        // A write has been answered for by the catalog before it comes here, and does not throw: this is a search.
                        _table.ReopenAtNextCall(table);
                        if (mended) throw;
                        LogMending(_name, e.Message);
                        mended = true;
                    }
                }
            });
    }

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
