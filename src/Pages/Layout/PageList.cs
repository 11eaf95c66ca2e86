using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Sessions;
using MudBlazor;

namespace ImageSearch.Pages.Layout;

/// <summary>A page of the menu.</summary>
/// <param name="Path">Its path below that of the pages.</param>
/// <param name="Title">Its name.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="IsFor">Whether a session may use it.</param>
internal sealed record PageEntry(string Path, Text Title, string Icon, Func<PageAccess, bool> IsFor);

/// <summary>The pages of the menu, in order.</summary>
internal static class PageList
{
    public static readonly IReadOnlyList<PageEntry> Entries =
    [
        new("", CommonWords.Search, Icons.Material.Filled.ImageSearch, access => access.CanRead),
        new("tables", CommonWords.Tables, Icons.Material.Filled.TableRows, access => access.CanRead),
        new("add", CommonWords.Add, Icons.Material.Filled.AddPhotoAlternate, access => access.CanWrite),
        new("items", CommonWords.Items, Icons.Material.Filled.PhotoLibrary, access => access.CanRead),
        new("duplicates", CommonWords.Duplicates, Icons.Material.Filled.ContentCopy, access => access.CanRead),
        new("keys", CommonWords.Keys, Icons.Material.Filled.Key, access => access.IsMaster),
        new("audit", CommonWords.Audit, Icons.Material.Filled.History, access => access.IsMaster),
        new("backups", CommonWords.Backups, Icons.Material.Filled.Backup, access => access.IsMaster),
        new("figures", CommonWords.Figures, Icons.Material.Filled.MonitorHeart, access => access.IsMaster),
    ];
}
