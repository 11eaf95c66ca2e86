using System.Globalization;
using System.Text.RegularExpressions;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Milvus.Collections;

/// <summary>
/// The name of a generation's collection, such as <c>shop__g3</c>, or <c>shop__g3v1</c> for its second set of vectors. Milvus allows every table name, so names need no escaping.
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

        var vectorSet = 0L;
        if (match.Groups[3].Success && !long.TryParse(match.Groups[3].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out vectorSet)) return false;
        table = new TableGeneration(name, number) { VectorSet = vectorSet };
        return true;
    }

    [GeneratedRegex(@"^(.+)__g([1-9][0-9]*)(?:v([1-9][0-9]*))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
