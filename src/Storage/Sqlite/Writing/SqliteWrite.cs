using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Writing;

/// <summary>A write that waits for the writer's thread.</summary>
internal interface ISqliteWrite : IPendingWrite
{
    /// <summary>Does the work inside the writer's transaction.</summary>
    void Run(SqliteSession db);
}

/// <inheritdoc cref="ISqliteWrite"/>
internal sealed class SqliteWrite<T>(Func<SqliteSession, T> work, int rows, CancellationToken cancellationToken)
    : PendingWrite<T>(cancellationToken), ISqliteWrite
{
    public override int Rows => rows;

    public void Run(SqliteSession db) => Succeed(work(db));
}
