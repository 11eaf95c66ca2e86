using System.Data.Common;
using ImageSearch.Storage.Sqlite;

namespace ImageSearch.Storage.Statements;

/// <summary>Each call is one write of a group commit, or one read of a snapshot.</summary>
internal sealed class SqliteStatements(SqliteCatalog catalog) : IStatementDatabase
{
    public Task<int> ExecuteAsync(Statement statement, IReadOnlyList<Statement> ifChanged, CancellationToken cancellationToken) =>
        catalog.Writer.WriteAsync(
            db =>
            {
                var changed = db.Execute(statement.Text, statement.Values);
                if (changed == 0) return 0;
                foreach (var next in ifChanged) db.Execute(next.Text, next.Values);
                return changed;
            },
            cancellationToken);

    public Task ExecuteAllAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken) =>
        catalog.Writer.WriteAsync(
            db =>
            {
                foreach (var statement in statements) db.Execute(statement.Text, statement.Values);
                return statements.Count;
            },
            cancellationToken);

    public Task<List<T>> QueryAsync<T>(Statement statement, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        catalog.Readers.ReadAsync(
            db =>
            {
                using var reader = db.Query(statement.Text, statement.Values);
                var rows = new List<T>();
                while (reader.Read()) rows.Add(read(reader));
                return rows;
            },
            cancellationToken);
}
