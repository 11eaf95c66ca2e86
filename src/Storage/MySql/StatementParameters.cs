using System.Collections.Concurrent;
using System.Reflection;
using Dapper;

namespace ImageSearch.Storage;

/// <summary>
/// A statement and its values for Dapper, without code of its own for each text. Of an object's properties Dapper compiles a reader for
/// each text of SQL it meets; ours name tables and ids, so nearly each one would be compiled anew (2 to 3 ms) and kept.
/// </summary>
internal static class StatementParameters
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    /// <param name="sql">The statements.</param>
    /// <param name="values">Null, <see cref="DynamicParameters"/>, or an object with a property for each parameter.</param>
    /// <param name="cancellationToken">Ends the statement at the server.</param>
    public static CommandDefinition Command(string sql, object? values, CancellationToken cancellationToken) => new(
        sql, values is null ? null : Of(values), flags: CommandFlags.Buffered | CommandFlags.NoCache, cancellationToken: cancellationToken);

    public static DynamicParameters Of(object values) => values as DynamicParameters ?? Add(new DynamicParameters(), values);

    /// <summary>Adds a parameter for each property.</summary>
    public static DynamicParameters Add(DynamicParameters parameters, object values)
    {
        foreach (var property in Properties.GetOrAdd(values.GetType(), static type => type.GetProperties()))
            parameters.Add(property.Name, property.GetValue(values));
        return parameters;
    }
}
