using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Attributes;

/// <summary>Removes the entries of indexes that were dropped, alone or with their table, in batches.</summary>
internal static class IndexSweep
{
    private const int EntriesPerStatement = 1000;

    public static async Task RunAsync(MySqlSession db, MySqlOptions options)
    {
        var dropped = await db.QueryAsync<long>(
            $"""
            SELECT number FROM {IndexTables.Indexes} i
            WHERE state = '{IndexTables.Dropped}' OR NOT EXISTS (SELECT 1 FROM `imagesearch$tables` g WHERE g.generation = i.generation)
            """).ConfigureAwait(false);
        if (dropped.Count == 0 || await DatabaseLock.TryTakeAsync(db, options, "index sweep", TimeSpan.Zero).ConfigureAwait(false) is not { } held) return;
        foreach (var number in dropped)
        {
            while (await db.ExecuteAsync(
                $"DELETE FROM {IndexTables.Entries} WHERE index_number = @number LIMIT {EntriesPerStatement}", new { number })
                .ConfigureAwait(false) == EntriesPerStatement)
            {
            }

            await db.ExecuteAsync($"DELETE FROM {IndexTables.Indexes} WHERE number = @number", new { number }).ConfigureAwait(false);
        }

        await held.ReleaseAsync().ConfigureAwait(false);
    }
}
