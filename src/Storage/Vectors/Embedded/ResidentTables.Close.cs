namespace ImageSearch.Storage.Vectors.Embedded;

/// <content>The end.</content>
internal sealed partial class ResidentTables
{
    /// <summary>
    /// Refuses further calls, writes what has changed, the smallest tables first, until the patience ends, and frees the memory. A table
    /// whose snapshot is not written is compared with the catalog at the next start, as after a crash.
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
                Release(table, index);
        }
    }

    private void SaveAll(ResidentTable[] tables)
    {
        using var patience = new CancellationTokenSource(options.ClosingPatience, time);
        int unsaved = 0;
        foreach (ResidentTable table in tables)
        {
            try
            {
                if (table.Index is not { HasChanges: true } index)
                    continue;
                patience.Token.ThrowIfCancellationRequested();
                table.Save(index, patience.Token);
            }
            catch (OperationCanceledException)
            {
                unsaved++;
            }
            catch (Exception e)
            {
                // One table's fault must not keep the others from being written.
                logger.IndexSaveFailed(table.Generation, e);
            }
        }

        if (unsaved > 0)
            logger.ClosedUnsaved(unsaved, options.ClosingPatience.TotalSeconds);
    }
}
