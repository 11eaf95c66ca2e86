using System.Data.Common;

namespace ImageSearch.Storage.Imports;

/// <summary>The database that an <see cref="ImportStore"/> keeps its imports in.</summary>
internal interface IImportDatabase
{
    ImportSql Sql { get; }

    /// <summary>Runs a statement and, if that changed a row, others: all or none. Durable when the task ends.</summary>
    /// <returns>How many rows the first statement changed.</returns>
    Task<int> ExecuteAsync(ImportStatement statement, IReadOnlyList<ImportStatement> ifChanged, CancellationToken cancellationToken);

    /// <summary>Runs statements. All are durable when the task ends; if it fails, some may be.</summary>
    Task ExecuteAllAsync(IReadOnlyList<ImportStatement> statements, CancellationToken cancellationToken);

    Task<List<T>> QueryAsync<T>(ImportStatement statement, Func<DbDataReader, T> read, CancellationToken cancellationToken);
}

/// <summary>A statement with the values of its parameters.</summary>
internal readonly record struct ImportStatement(string Text, params (string Name, object? Value)[] Values);
