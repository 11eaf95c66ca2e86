using System.Data;
using Dapper;

namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>
/// Named values of a statement, passed to the driver unchanged: for hundreds of values, Dapper's own parameters cost as much time as the
/// driver.
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
