using ImageSearch.Client.Items;
using ImageSearch.Pages.Items;
using ImageSearch.Pages.Sessions;

namespace ImageSearch.Pages.Searching;

/// <summary>An item that is searched by.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Modified">When it changed.</param>
public sealed record ItemLabel(long Id, string Name, DateTimeOffset? Modified)
{
    /// <summary>The label of an item.</summary>
    public static ItemLabel Of(PageSession session, Item item) => new(item.Id, session.NameOf(item), item.Modified);
}
