using System.Collections.Concurrent;
using System.Data;
using System.Reflection;
using Dapper;

namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>
/// A statement and its values for Dapper, without code of its own for each text. Of an object's properties Dapper compiles a reader for
/// each text of SQL it meets; ours name tables and ids, so nearly each one would be compiled anew (2 to 3 ms) and kept.
/// </summary>
internal static class StatementParameters
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    /// <param name="sql">The statements.</param>
    /// <param name="values">Null, <see cref="StatementValues"/>, or an object with a property for each parameter.</param>
    /// <param name="cancellationToken">Ends the statement at the server.</param>
    public static CommandDefinition Command(string sql, object? values, CancellationToken cancellationToken) => new(
        sql, values is null ? null : Of(values), flags: CommandFlags.Buffered | CommandFlags.NoCache, cancellationToken: cancellationToken);

    private static SqlMapper.IDynamicParameters Of(object values)
    {
        if (values is SqlMapper.IDynamicParameters ready) return ready;
        var parameters = new DynamicParameters();
        foreach (var property in Properties.GetOrAdd(values.GetType(), static type => type.GetProperties()))
            parameters.Add(property.Name, property.GetValue(values));
        return parameters;
    }
}

/// <summary>
/// Values of a statement by name, each one passed to the driver as it is: of hundreds of them, Dapper's own parameters cost as much as
/// the driver.
/// </summary>
internal sealed class StatementValues : SqlMapper.IDynamicParameters
{
    private readonly List<(string Name, object? Value)> _values = [];

    public void Add(string name, object? value) => _values.Add((name, value));

    void SqlMapper.IDynamicParameters.AddParameters(IDbCommand command, SqlMapper.Identity identity)
    {
        foreach (var (name, value) in _values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
    }
}
