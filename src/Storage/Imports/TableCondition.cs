using System.Globalization;
using System.Text;

namespace ImageSearch.Storage.Imports;

/// <summary>The tables that patterns cover, as a condition on the column <c>name</c>.</summary>
internal static class TableCondition
{
    // Greater than every character of a name.
    private const char End = '~';

    /// <summary>The condition and the values of its parameters.</summary>
    /// <param name="patterns">The patterns (<see cref="TablePattern"/>); null for all tables, and none for no table.</param>
    public static (string Text, IReadOnlyList<(string Name, object? Value)> Values) Of(IReadOnlyList<string>? patterns)
    {
        if (patterns is null) return ("1 = 1", []);
        var text = new StringBuilder("(1 = 0");
        var values = new List<(string Name, object? Value)>();
        foreach (var (i, pattern) in patterns.Index())
        {
            var stem = TablePattern.StemOf(pattern);
            values.Add((string.Create(CultureInfo.InvariantCulture, $"@from{i}"), stem));
            if (TablePattern.IsPrefix(pattern))
            {
                text.Append(CultureInfo.InvariantCulture, $" OR (name >= @from{i} AND name < @to{i})");
                values.Add((string.Create(CultureInfo.InvariantCulture, $"@to{i}"), stem + End));
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $" OR name = @from{i}");
            }
        }

        return (text.Append(')').ToString(), values);
    }
}
