using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Lists;

/// <summary>Texts of lists.</summary>
internal static class ListWords
{
    public static readonly Text Pages = new("Pages", "分页");
    public static readonly Text Previous = new("Previous page", "上一页");
    public static readonly Text Next = new("Next page", "下一页");
    public static readonly Text Number = new("Page {0}", "第 {0} 页");
    public static readonly Text Loading = new("Loading", "正在加载");
}
