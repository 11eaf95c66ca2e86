using System.Globalization;
using System.Text.RegularExpressions;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Milvus.Collections;

/// <summary>
/// The collection of a table's generation, <c>shop__g3</c>. Every table's name is one that Milvus allows, so nothing has to be mapped.
/// </summary>
internal static partial class CollectionName
{
    public static string Of(TableGeneration table) => table.ToString();

    /// <summary>Which generation a collection is of, where its name is one that a generation has.</summary>
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

/// <summary>
/// Whose a collection is: its description names the catalog. A server may hold collections of other systems, and of other catalogs of
/// this one, under names like ours.
/// </summary>
/// <param name="catalog">The catalog's number, which it keeps for life.</param>
internal sealed class CollectionOwner(long catalog)
{
    /// <summary>What our collections say of themselves.</summary>
    public string Description { get; } = string.Create(CultureInfo.InvariantCulture, $"ImageSearch catalog {catalog:x16}");

    public bool Owns(MilvusCollection collection) => collection.Description == Description;
}
