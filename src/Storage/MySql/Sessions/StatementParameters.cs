using System.Collections.Concurrent;
using System.Reflection;
using Dapper;

namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>
/// Passes statements and their values to Dapper without per-statement code. For parameter objects Dapper compiles and caches code for
/// each SQL text (2 to 3 ms); ours contain table names and ids, so nearly every text would be compiled.
/// </summary>
internal static class StatementParameters
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    /// <param name="sql">The statements.</param>
    /// <param name="values">Null, <see cref="StatementValues"/>, or an object with a property for each parameter.</param>
    /// <param name="cancellationToken">Cancels the statement at the server.</param>
    /// <param name="timeout">Timeout of the statement; null for the connection's.</param>
    public static CommandDefinition Command(
        string sql, object? values, CancellationToken cancellationToken, TimeSpan? timeout = null) => new(
        sql, values is null ? null : Of(values), commandTimeout: timeout is { } limit ? Math.Max(0, (int)limit.TotalSeconds) : null,
        flags: CommandFlags.Buffered | CommandFlags.NoCache, cancellationToken: cancellationToken);

    private static SqlMapper.IDynamicParameters Of(object values)
    {
        if (values is SqlMapper.IDynamicParameters ready) return ready;
        var parameters = new DynamicParameters();
        foreach (var property in Properties.GetOrAdd(values.GetType(), static type => type.GetProperties()))
            parameters.Add(property.Name, property.GetValue(values));
        return parameters;
    }
}
