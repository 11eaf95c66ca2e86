using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Writing;

/// <summary>
/// The writer's transactions, on its own connection. After a lost reply, the database tells whether the commit was made: by the change
/// record of new rows of one table, or else by the writer's own row, whose sequence number each transaction increments. Reading them with
/// a lock waits for the old transaction to end.
/// </summary>
internal sealed class WriterTransactions(MySqlOptions options, SessionPool pool, TableSchemas schemas, TimeProvider time) : IAsyncDisposable
{
    private readonly KnownTables _tables = new();
    private MySqlSession? _session;
    private string _writer = NewName();
    private long _sequence;
    private Sent? _sent;

    /// <summary>
    /// The writer's name in the change log. It changes after an unknown outcome, because this process does not know those changes.
    /// </summary>
    public string Writer => Volatile.Read(ref _writer);

    /// <summary>A commit was sent and its reply was lost.</summary>
    public bool OutcomeIsOpen => _sent is not null;

    /// <summary>Stores a group in one transaction, or finds that an earlier attempt stored it.</summary>
    public async Task<bool> TryAsync(IReadOnlyList<IMySqlWrite> group)
    {
        try
        {
            if (_session is { IsStale: true }) await CloseAsync().ConfigureAwait(false);
            var db = _session ??= await OpenAsync().ConfigureAwait(false);
            if (_sent is not null)
            {
                var made = await WasMadeAsync(db, _sent).ConfigureAwait(false);
                _sent = null;
                if (made) return true;
            }

            if (!await TryAddAsync(db, group).ConfigureAwait(false)) await WriteAsync(db, group).ConfigureAwait(false);
            return true;
        }
        catch
        {
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Abandons the group.</summary>
    public async Task AbandonAsync()
    {
        if (OutcomeIsOpen) Volatile.Write(ref _writer, NewName());
        _sent = null;
        await CloseAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => new(CloseAsync());

    private static string NewName() => Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);

    private async Task<MySqlSession> OpenAsync()
    {
        var session = await pool.OpenAsync().ConfigureAwait(false);
        try
        {
            // The lock identifies the writer's connection, so that it can be killed if the network lost it but the server still holds it.
            if (await DatabaseLock.TryTakeAsync(session, options, LockName, TimeSpan.Zero).ConfigureAwait(false) is null)
            {
                await DatabaseLock.EndHolderAsync(session, options, LockName).ConfigureAwait(false);
                await DatabaseLock.TakeAsync(session, options, LockName).ConfigureAwait(false);
            }

            // A statement then begins a transaction implicitly, which saves one statement per commit.
            await session.ExecuteAsync("SET SESSION autocommit = 0").ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private string LockName => "writer " + _writer;

    // One packet and one write to the server's log, if the group is new rows of a table that no other process writes.
    private async Task<bool> TryAddAsync(MySqlSession db, IReadOnlyList<IMySqlWrite> group)
    {
        if (AddCommit.TryMake(group, _tables, _writer, CatalogTime.Text(time), PendingRows.MaxPacketBytes(db)) is not { } commit) return false;
        try
        {
            await CommitAsync(db, new Sent(0, commit.Table.Number, commit.Change), commit.Text, commit.Values).ConfigureAwait(false);
            commit.Remember(_tables);
            return true;
        }
        catch (Exception e)
        {
            _tables.Outdated(commit.Table);
            if (!AddCommit.IsOutdated(e)) throw;
            return false;
        }
    }

    private async Task WriteAsync(MySqlSession db, IReadOnlyList<IMySqlWrite> group)
    {
        var now = CatalogTime.Text(time);
        var values = new StatementValues();
        values.Add("writer", _writer);
        values.Add("sequence", ++_sequence);

        // Two packets for adds to one table: the first locks, the second writes and commits. A transaction that the server rejected partway
        // may still be open, so the first rolls it back.
        var next = """
            ROLLBACK;
            INSERT INTO `imagesearch$writers` (writer, sequence) VALUES (@writer, @sequence)
            ON DUPLICATE KEY UPDATE sequence = @sequence;

            """;

        var transactions = new List<TableTransaction>();

        // The same order in all processes prevents deadlocks.
        foreach (var table in group.GroupBy(write => write.Table).OrderBy(writes => writes.Key.Number))
        {
            var adds = table.OfType<AddWrite>().ToList();
            var keys = adds.SelectMany(add => add.Pictures).Select(picture => picture.ReplacedKey).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var transaction = await TableTransaction.BeginAsync(db, table.Key, keys, next, values, schemas, _writer, now).ConfigureAwait(false);
            (next, values) = ("", new StatementValues());
            if (transaction is null)
            {
                foreach (var write in table) write.Fail(CatalogFailures.TableDropped(table.Key));
                continue;
            }

            foreach (var add in adds) await add.ApplyAsync(transaction).ConfigureAwait(false);
            if (table.OfType<PutWrite>().ToList() is { Count: > 0 } puts)
            {
                await transaction.LockItemsAsync(puts.SelectMany(put => put.Keys), puts.SelectMany(put => put.Ids)).ConfigureAwait(false);
                foreach (var put in puts) await put.ApplyAsync(transaction).ConfigureAwait(false);
            }

            foreach (var write in table.Where(write => write is not (AddWrite or PutWrite))) await write.ApplyAsync(transaction).ConfigureAwait(false);
            next = transaction.Finish(values);
            transactions.Add(transaction);
        }

        await CommitAsync(db, new Sent(_sequence, 0, 0), next + "COMMIT", values).ConfigureAwait(false);
        transactions.ForEach(transaction => transaction.Remember(_tables));
    }

    private async Task CommitAsync(MySqlSession db, Sent sent, string text, StatementValues values)
    {
        _sent = sent;
        try
        {
            await db.ExecuteAsync(text, values).ConfigureAwait(false);
            _sent = null;
        }
        catch (Exception e) when (MySqlErrors.IsRefusal(e))
        {
            // The server rejected it before the commit.
            _sent = null;
            throw;
        }
    }

    private async Task<bool> WasMadeAsync(MySqlSession db, Sent sent) => sent.Sequence > 0
        ? await db.FirstAsync<long?>(
            "SELECT sequence FROM `imagesearch$writers` WHERE writer = @writer FOR UPDATE; ROLLBACK", new { writer = _writer })
            .ConfigureAwait(false) >= sent.Sequence
        : await db.FirstAsync<long?>(
            "SELECT number FROM `imagesearch$changes` WHERE generation = @Table AND number = @Change AND writer = @writer FOR UPDATE; ROLLBACK",
            new { sent.Table, sent.Change, writer = _writer }).ConfigureAwait(false) is not null;

    private async Task CloseAsync()
    {
        if (_session is not null) await _session.DisposeAsync().ConfigureAwait(false);
        _session = null;
    }

    // What identifies a commit in the database: the sequence number of the writer's row, or, if that is 0, this change of this table.
    private sealed record Sent(long Sequence, long Table, long Change);
}
