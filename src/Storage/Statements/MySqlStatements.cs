using System.Data.Common;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.Statements;

/// <summary>Statements may be sent twice if the answer to their commit was lost.</summary>
internal sealed class MySqlStatements(MySqlCatalog catalog) : IStatementDatabase
{
    public Task<int> ExecuteAsync(Statement statement, IReadOnlyList<Statement> ifChanged, CancellationToken cancellationToken) =>
        catalog.Pool.RunAsync(
            async db =>
            {
                if (ifChanged.Count == 0 && statement.Lock is null) return await db.ExecuteAsync(statement.Text, ValuesOf(statement)).ConfigureAwait(false);
                // One transaction: if only the first were stored, the next attempt would change nothing and leave the others out.
                await db.ExecuteAsync("START TRANSACTION").ConfigureAwait(false);
                if (statement.Lock is { } query) await db.QueryAsync<int>(query, ValuesOf(statement)).ConfigureAwait(false);
                Func<Statement, Task<int>> execute = statement.IsLong
                    ? next => db.ExecuteLongAsync(next.Text, ValuesOf(next))
                    : next => db.ExecuteAsync(next.Text, ValuesOf(next));
                var changed = await execute(statement).ConfigureAwait(false);
                foreach (var next in changed == 0 ? [] : ifChanged) await execute(next).ConfigureAwait(false);
                await db.ExecuteAsync("COMMIT").ConfigureAwait(false);
                return changed;
            },
            cancellationToken);

    public Task ExecuteAllAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken) =>
        catalog.Pool.RunAsync(
            async db =>
            {
                foreach (var statement in statements) await db.ExecuteAsync(statement.Text, ValuesOf(statement)).ConfigureAwait(false);
                return statements.Count;
            },
            cancellationToken);

    public Task<List<T>> QueryAsync<T>(Statement statement, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        catalog.Pool.RunAsync(
            async db =>
            {
                var rows = new List<T>();
                await db.ReadAsync(statement.Text, ValuesOf(statement), row => rows.Add(read(row))).ConfigureAwait(false);
                return rows;
            },
            cancellationToken);

    private static StatementValues ValuesOf(Statement statement)
    {
        var values = new StatementValues();
        foreach (var (name, value) in statement.Values) values.Add(name, value);
        return values;
    }
}
