namespace ImageSearch.Storage.Vectors.Embedded;

/// <content>Disposal.</content>
internal sealed partial class ResidentTables
{
    /// <summary>
    /// Rejects further calls, writes changed indexes, smallest first, until the timeout, and frees the memory. A table whose snapshot is
    /// not written is compared with the catalog at the next start, as after a crash.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        Task[] changes;
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            changes = [.. _tables.Values.Select(table => table.Change).OfType<Task>()];
        }

        await Task.WhenAll(changes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ResidentTable[] tables = [.. InMemory().OrderBy(table => table.Bytes)];
        if (_folders is not null)
            await Task.Run(() => SaveAll(tables)).ConfigureAwait(false);
        foreach (ResidentTable table in tables)
        {
            if (Detach(table) is { } index)
                Free(table, index);
        }
    }

    private void SaveAll(ResidentTable[] tables)
    {
        using var timeout = new CancellationTokenSource(options.ClosingTimeout, time);
        int unsaved = 0;
        foreach (ResidentTable table in tables)
        {
            try
            {
                if (table.Index is not { HasChanges: true } index)
                    continue;
                timeout.Token.ThrowIfCancellationRequested();
                table.Save(index, timeout.Token);
            }
            catch (OperationCanceledException)
            {
                unsaved++;
            }
            catch (Exception e)
            {
                // A failure of one table must not prevent writing the others.
                logger.IndexSaveFailed(table.Generation, e);
            }
        }

        if (unsaved > 0)
            logger.ClosedUnsaved(unsaved, options.ClosingTimeout.TotalSeconds);
    }
}
