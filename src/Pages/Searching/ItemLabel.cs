using ImageSearch.Client.Items;

namespace ImageSearch.Pages.Searching;

/// <summary>An item that is searched by.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its key, or else its id.</param>
/// <param name="Modified">When it changed.</param>
public sealed record ItemLabel(long Id, string Name, DateTimeOffset? Modified)
{
    /// <summary>The label of an item.</summary>
    public static ItemLabel Of(Item item) => new(item.Id, NameOf(item), item.Modified);

    /// <summary>What an item is called.</summary>
    public static string NameOf(Item item) => item.Key ?? $"#{item.Id}";
}
