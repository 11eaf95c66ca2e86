using ImageSearch.Client.Items;
using ImageSearch.Pages.Sessions;

namespace ImageSearch.Pages.Items;

/// <summary>What an item is called.</summary>
internal static class ItemName
{
    /// <summary>Its key, or its number if it has none.</summary>
    public static string NameOf(this PageSession session, Item item) => item.Key ?? session.Say(ItemWords.Numbered, item.Id);
}
