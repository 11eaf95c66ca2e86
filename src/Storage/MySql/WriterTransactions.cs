using System.Globalization;
using Dapper;

namespace ImageSearch.Storage;

/// <summary>
/// The writer's transactions, on a connection of its own. Each one counts up the writer's row in the database, so that after a commit
/// whose answer got lost the row tells whether it was made: reading it with a lock waits for the old transaction to end.
/// </summary>
internal sealed class WriterTransactions(MySqlOptions options, SessionPool pool, TimeProvider time) : IAsyncDisposable
{
    private const long None = 0;

    private MySqlSession? _session;
    private string _writer = NewName();
    private long _sequence;
    private long _sent;

    /// <summary>Who wrote, in the log of changes; another one after an outcome that stayed open, for those changes are not known here.</summary>
    public string Writer => Volatile.Read(ref _writer);

    /// <summary>A commit was sent and not answered.</summary>
    public bool OutcomeIsOpen => _sent != None;

    /// <summary>Stores a group in one transaction, or finds that an earlier try of the same group has.</summary>
    public async Task<bool> TryAsync(IReadOnlyList<MySqlWrite> group)
    {
        try
        {
            var db = _session ??= await OpenAsync().ConfigureAwait(false);
            if (_sent != None)
            {
                var made = await WasMadeAsync(db, _sent).ConfigureAwait(false);
                _sent = None;
                if (made) return true;
            }

            await WriteAsync(db, group).ConfigureAwait(false);
            return true;
        }
        catch
        {
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Gives the group up.</summary>
    public async Task AbandonAsync()
    {
        if (OutcomeIsOpen) Volatile.Write(ref _writer, NewName());
        _sent = None;
        await CloseAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => new(CloseAsync());

    private static string NewName() => Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);

    private async Task<MySqlSession> OpenAsync()
    {
        var session = await pool.OpenAsync().ConfigureAwait(false);
        try
        {
            // The lock says which connection is the writer's, so that it can be ended when the network has lost it and the server has not.
            if (await DatabaseLock.TryTakeAsync(session, options, LockName, TimeSpan.Zero).ConfigureAwait(false) is null)
            {
                if (await DatabaseLock.HolderAsync(session, options, LockName).ConfigureAwait(false) is { } lost)
                    await session.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"KILL {lost}")).ConfigureAwait(false);
                await DatabaseLock.TakeAsync(session, options, LockName).ConfigureAwait(false);
            }

            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private string LockName => "writer " + _writer;

    private async Task WriteAsync(MySqlSession db, IReadOnlyList<MySqlWrite> group)
    {
        var now = CatalogTime.Text(time);
        var values = StatementParameters.Of(new { writer = _writer, sequence = ++_sequence });

        // Two packets a commit where it is of one table's adds: what locks, and what writes and commits.
        var next = """
            START TRANSACTION;
            INSERT INTO `imagesearch$writers` (writer, sequence) VALUES (@writer, @sequence)
            ON DUPLICATE KEY UPDATE sequence = @sequence;

            """;

        // In one order in all processes, so that none waits for another in a circle.
        foreach (var table in group.GroupBy(write => write.Table).OrderBy(writes => writes.Key.Number))
        {
            var transaction = await TableTransaction.BeginAsync(db, table.Key, next, values, _writer, now).ConfigureAwait(false);
            (next, values) = ("", new DynamicParameters());
            if (transaction is null)
            {
                foreach (var write in table) write.Fail(CatalogFailures.TableDropped(table.Key));
                continue;
            }

            await transaction.AddAsync(table.OfType<AddWrite>().Where(add => !add.MayReplace)).ConfigureAwait(false);
            foreach (var write in table.Where(write => write is not AddWrite { MayReplace: false }))
                await write.ApplyAsync(transaction).ConfigureAwait(false);
            next = await transaction.FinishAsync(values).ConfigureAwait(false);
        }

        _sent = _sequence;
        try
        {
            await db.ExecuteAsync(next + "COMMIT", values).ConfigureAwait(false);
            _sent = None;
        }
        catch (Exception e) when (MySqlErrors.IsRefusal(e))
        {
            // The server said no: what was sent ended before its commit.
            _sent = None;
            throw;
        }
    }

    private async Task<bool> WasMadeAsync(MySqlSession db, long sequence) =>
        await db.FirstAsync<long?>(
            "SELECT sequence FROM `imagesearch$writers` WHERE writer = @writer FOR UPDATE", new { writer = _writer }).ConfigureAwait(false)
            >= sequence;

    private async Task CloseAsync()
    {
        if (_session is not null) await _session.DisposeAsync().ConfigureAwait(false);
        _session = null;
    }
}
