using System.Data.Common;

namespace ImageSearch.Storage.Statements;

/// <summary>
/// The database of a catalog, for what is kept beside its tables, such as imports. Values reach it as parameters only.
/// </summary>
internal interface IStatementDatabase
{
    /// <summary>Runs a statement and, if that changed a row, others: all or none. Durable when the task ends.</summary>
    /// <returns>How many rows the first statement changed.</returns>
    Task<int> ExecuteAsync(Statement statement, IReadOnlyList<Statement> ifChanged, CancellationToken cancellationToken);

    /// <summary>Runs statements. All are durable when the task ends; if it fails, some may be.</summary>
    Task ExecuteAllAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken);

    /// <summary>Reads rows of a committed state.</summary>
    Task<List<T>> QueryAsync<T>(Statement statement, Func<DbDataReader, T> read, CancellationToken cancellationToken);
}

/// <summary>A statement with the values of its parameters.</summary>
internal readonly record struct Statement(string Text, params (string Name, object? Value)[] Values)
{
    /// <summary>
    /// A query with the same values that locks rows before the statement, in its transaction: the statement then sees what the previous
    /// holder of the locks wrote. SQLite, which has one writer, needs none.
    /// </summary>
    public string? Lock { get; init; }

    /// <summary>Whether it and those that follow it may take as long as they need.</summary>
    public bool IsLong { get; init; }
}
