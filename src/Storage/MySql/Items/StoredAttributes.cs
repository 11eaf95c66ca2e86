using System.Text;
using ImageSearch.Filtering;

namespace ImageSearch.Storage.MySql.Items;

/// <summary>
/// The text of attributes as a server returns it. MariaDB returns the text that was stored. MySQL parses it and writes it with a space
/// behind each colon and the members ordered by length, and so do both servers' JSON functions in a shop's own SQL.
/// </summary>
internal static class StoredAttributes
{
    /// <summary>Whether a server has written the text. The names of attributes contain no quotes.</summary>
    public static bool AreChanged(Item item)
    {
        if (item.Texts.Attributes is not { } stored) return false;
        var end = stored.IndexOf("\":", StringComparison.Ordinal);
        return end >= 0 && end + 2 < stored.Length && stored[end + 2] == ' ';
    }

    /// <summary>The item with the text of <see cref="PictureTexts.Attributes"/>; unchanged if the schema does not allow the stored one.</summary>
    public static Item Restore(Item item, IReadOnlyList<AttributeDefinition> schema)
    {
        if (!AreChanged(item) || !AttributeValues.Read(Encoding.UTF8.GetBytes(item.Texts.Attributes!), schema).TryGet(out var text, out _)) return item;
        return item with { Texts = item.Texts with { Attributes = text } };
    }
}
