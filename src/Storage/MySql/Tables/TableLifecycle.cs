using System.Globalization;
using System.Text.RegularExpressions;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.MySql.Tables;

/// <summary>
/// Creates, takes over and drops tables. DDL commits by itself, so a registry row says how far the work is (creating, live, dropping,
/// dropped); it moves on by compare-and-set, under a database lock on the name. Whatever a process that died left behind is ended by the
/// next work on that name or by the sweep, and shows to nobody meanwhile.
/// </summary>
internal sealed partial class TableLifecycle(MySqlOptions options, TimeProvider time, ILogger logger)
{
    /// <param name="mustExist">Only take over a table of the database; null where there is none.</param>
    /// <param name="db">A connection.</param>
    /// <param name="name">The name.</param>
    /// <param name="model">The network of its vectors.</param>
    /// <param name="metric">What its hits report.</param>
    public async Task<TableRecord?> CreateAsync(MySqlSession db, TableName name, ModelIdentity model, Metric metric, bool mustExist)
    {
        if (await TableRegistry.FindAsync(db, name).ConfigureAwait(false) is { } already) return already;
        if (ClusterTables.IsReserved(name))
        {
            throw new CatalogException(
                FailureCode.TableNameInvalid, $"{name} is the name of a table that a cluster's silos find each other by; choose another name");
        }

        var held = await DatabaseLock.TakeAsync(db, options, name.Value).ConfigureAwait(false);
        await EndLeftoversAsync(db, name).ConfigureAwait(false);
        var record = await TableRegistry.FindAsync(db, name).ConfigureAwait(false)
            ?? await CreateUnderLockAsync(db, name, model, metric, mustExist).ConfigureAwait(false);
        await held.ReleaseAsync().ConfigureAwait(false);
        return record;
    }

    /// <param name="db">A connection.</param>
    /// <param name="table">The table.</param>
    /// <param name="attempt">What an earlier try of the same call did.</param>
    /// <returns>False where the generation was not live.</returns>
    public async Task<bool> DropAsync(MySqlSession db, TableGeneration table, DropAttempt attempt)
    {
        var held = await DatabaseLock.TakeAsync(db, options, table.Name.Value).ConfigureAwait(false);
        var live = await TableRegistry.IsLiveAsync(db, table).ConfigureAwait(false);
        if (live)
        {
            // The writers' transactions hold the row's lock, so this waits for those under way, and later ones find the table gone.
            await db.ExecuteAsync("START TRANSACTION").ConfigureAwait(false);
            await db.FirstAsync<int?>(
                "SELECT 1 FROM `imagesearch$tables` WHERE generation = @number FOR UPDATE", new { number = table.Number }).ConfigureAwait(false);
            await TableRegistry.KeepLastIdAsync(db, table, await LastIdAsync(db, new TableSql(table)).ConfigureAwait(false)).ConfigureAwait(false);
            live = await TableRegistry.MoveAsync(db, table, TableRegistry.Live, TableRegistry.Dropping).ConfigureAwait(false);
            attempt.WasSent = live;
            await db.ExecuteAsync("COMMIT").ConfigureAwait(false);
        }
        else
        {
            // The commit whose answer got lost was the one that dropped it.
            live = attempt.WasSent;
        }

        // A shop's own transaction may keep the table from being renamed; the drop holds all the same, and the sweep ends it.
        try
        {
            await EndLeftoversAsync(db, table.Name).ConfigureAwait(false);
        }
        catch (Exception e) when (live && MySqlErrors.IsTransient(e))
        {
            logger.SweepFailed(e);
        }

        await held.ReleaseAsync().ConfigureAwait(false);
        return live;
    }

    /// <summary>Ends what died half-way, of every name that nobody is at work on.</summary>
    public async Task SweepAsync(MySqlSession db)
    {
        foreach (var row in await TableRegistry.LeftoversAsync(db).ConfigureAwait(false))
        {
            var name = row.Table.Name;
            if (await DatabaseLock.TryTakeAsync(db, options, name.Value, TimeSpan.Zero).ConfigureAwait(false) is not { } held) continue;
            await EndLeftoversAsync(db, name).ConfigureAwait(false);
            await held.ReleaseAsync().ConfigureAwait(false);
        }
    }

    private async Task<TableRecord?> CreateUnderLockAsync(
        MySqlSession db, TableName name, ModelIdentity model, Metric metric, bool mustExist)
    {
        var found = await DatabaseTable.FindAsync(db, name).ConfigureAwait(false);
        if (found is null && mustExist) return null;
        if (await TableRegistry.CountHeldAsync(db).ConfigureAwait(false) >= options.MaxTables) throw CatalogFailures.TooManyTables(options.MaxTables);
        var record = new TableRecord(new TableGeneration(name, await TableRegistry.NextGenerationAsync(db).ConfigureAwait(false)), model, metric);
        var sql = new TableSql(record.Generation);
        found?.RequireDocumented(name);
        await TableRegistry.BeginAsync(db, record, CatalogTime.Text(time)).ConfigureAwait(false);
        if (found is null) await db.ExecuteAsync(sql.Create).ConfigureAwait(false);
        var missing = TableSql.Ours.Where(column => found?.Has(column.Name) != true).ToList();
        if (missing.Count > 0) await db.ExecuteAsync(sql.AddColumns(missing)).ConfigureAwait(false);
        var added = string.Join(", ", missing.Select(column => column.Name));
        if (found is not null) logger.TableAdopted(name.Value, added);

        var last = Math.Max(
            await LastIdAsync(db, sql).ConfigureAwait(false), await TableRegistry.LastIdOfNameAsync(db, name).ConfigureAwait(false));
        await db.ExecuteAsync(sql.StartIdsAt(last + 1)).ConfigureAwait(false);
        if (!await TableRegistry.MakeLiveAsync(db, record.Generation, last).ConfigureAwait(false))
        {
            throw new CatalogException(
                FailureCode.CatalogUnavailable, $"another process changed table {name} while it was being created; create it again");
        }

        return record;
    }

    // Called with the name's lock: nobody else is at work on these.
    private async Task EndLeftoversAsync(MySqlSession db, TableName name)
    {
        foreach (var row in await TableRegistry.RowsOfAsync(db, name).ConfigureAwait(false))
        {
            var table = row.Table;
            var sql = new TableSql(table);
            switch (row.State)
            {
                case TableRegistry.Creating:
                    // Its MySQL table, where it came to be, has no rows or is the shop's own. It stays, and the next creation takes it over.
                    await TableRegistry.ForgetAsync(db, table, TableRegistry.Creating).ConfigureAwait(false);
                    logger.CreationAbandoned(table);
                    break;
                case TableRegistry.Dropping:
                    if (!await DatabaseTable.ExistsAsync(db, sql.GoneName).ConfigureAwait(false)
                        && await DatabaseTable.ExistsAsync(db, name.Value).ConfigureAwait(false))
                    {
                        await db.ExecuteAsync(sql.MoveAway).ConfigureAwait(false);
                    }

                    await TableRegistry.MoveAsync(db, table, TableRegistry.Dropping, TableRegistry.Dropped).ConfigureAwait(false);
                    goto case TableRegistry.Dropped;
                case TableRegistry.Dropped:
                    await db.ExecuteAsync(sql.Drop).ConfigureAwait(false);
                    await db.ExecuteAsync("DELETE FROM `imagesearch$changes` WHERE generation = @number", new { number = table.Number })
                        .ConfigureAwait(false);
                    await TableRegistry.ForgetAsync(db, table, TableRegistry.Dropped).ConfigureAwait(false);
                    logger.TableRemoved(table);
                    break;
            }
        }
    }

    // The greatest id that the table has or had. The server's counter knows also of rows that somebody added and removed by SQL of their own.
    private static async Task<long> LastIdAsync(MySqlSession db, TableSql sql)
    {
        var greatest = await db.FirstAsync<long>(sql.GreatestIssued).ConfigureAwait(false);
        var shown = "";
        await db.ReadAsync($"SHOW CREATE TABLE {sql.Table}", null, row => shown = row.GetString(1)).ConfigureAwait(false);
        return AutoIncrement().Match(shown) is { Success: true } next
            && long.TryParse(next.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= IssuedIds.End
                ? Math.Max(greatest, number - 1)
                : greatest;
    }

    [GeneratedRegex(@"\) ENGINE=\S+ AUTO_INCREMENT=(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex AutoIncrement();
}

/// <summary>Remembers across the tries of one drop that its commit was sent.</summary>
internal sealed class DropAttempt
{
    public bool WasSent { get; set; }
}
