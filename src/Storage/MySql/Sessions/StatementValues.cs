using System.Data;
using System.Globalization;
using System.Text;
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

    /// <summary>Adds texts; returns their parameters for an IN list, or NULL, which matches nothing, if there are none.</summary>
    public string AddList(IEnumerable<string> texts)
    {
        var list = new StringBuilder();
        foreach (var text in texts)
        {
            list.Append(list.Length == 0 ? "" : ", ").Append(AddOne(text));
        }

        return list.Length == 0 ? "NULL" : list.ToString();
    }

    /// <summary>Adds a text; returns its parameter.</summary>
    public string AddOne(string text)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"v{_values.Count}");
        Add(name, text);
        return "@" + name;
    }

    /// <summary>Adds bytes; returns their parameter.</summary>
    public string AddOne(byte[] bytes)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"v{_values.Count}");
        Add(name, bytes);
        return "@" + name;
    }

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
