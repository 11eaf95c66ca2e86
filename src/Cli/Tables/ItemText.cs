namespace ImageSearch.Cli.Tables;

/// <summary>Parts of items as text.</summary>
internal static class ItemText
{
    /// <summary>The attributes: <c>brand=acme price=3.5</c>.</summary>
    public static string Attributes(Client.Items.Item item) =>
        string.Join(' ', (item.Attributes ?? new Dictionary<string, Client.Items.AttributeValue>()).Select(pair => $"{pair.Key}={pair.Value}"));
}
