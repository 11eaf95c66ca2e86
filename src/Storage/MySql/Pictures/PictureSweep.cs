using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Pictures;

/// <summary>Removes the pictures of dropped tables in batches.</summary>
internal static class PictureSweep
{
    // Originals of a few MB: a statement takes a fraction of a second.
    private const int PicturesPerStatement = 100;

    public static async Task RunAsync(MySqlSession db, MySqlOptions options)
    {
        var dropped = await db.QueryAsync<long>(
            $"""
            SELECT generation FROM (SELECT DISTINCT generation FROM {PictureSql.Table}) p
            WHERE NOT EXISTS (SELECT 1 FROM `imagesearch$tables` g WHERE g.generation = p.generation)
            """).ConfigureAwait(false);
        if (dropped.Count == 0 || await DatabaseLock.TryTakeAsync(db, options, "picture sweep", TimeSpan.Zero).ConfigureAwait(false) is not { } held) return;
        foreach (var number in dropped)
        {
            while (await db.ExecuteAsync($"DELETE FROM {PictureSql.Table} WHERE generation = @number LIMIT {PicturesPerStatement}", new { number })
                .ConfigureAwait(false) == PicturesPerStatement)
            {
            }
        }

        await held.ReleaseAsync().ConfigureAwait(false);
    }
}
