using System.Globalization;
using System.Text.RegularExpressions;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Milvus.Collections;

/// <summary>
/// The name of a generation's collection, such as <c>shop__g3</c>. Milvus allows every table name, so names need no escaping.
/// </summary>
internal static partial class CollectionName
{
    public static string Of(TableGeneration table) => table.ToString();

    /// <summary>Parses the name of a generation's collection.</summary>
    public static bool TryParse(string collection, out TableGeneration table)
    {
        table = default;
        var match = Pattern().Match(collection);
        if (!match.Success
            || !long.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !TableName.Parse(match.Groups[1].Value).TryGet(out var name, out _))
        {
            return false;
        }

        table = new TableGeneration(name, number);
        return true;
    }

    [GeneratedRegex(@"^(.+)__g([1-9][0-9]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
