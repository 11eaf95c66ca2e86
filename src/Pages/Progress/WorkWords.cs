using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Progress;

/// <summary>How far work of the service is, in the words of every page that shows some.</summary>
internal static class WorkWords
{
    public static readonly Text Running = new("Running", "进行中");
    public static readonly Text Finished = new("Finished", "已完成");
    public static readonly Text Cancelled = new("Cancelled", "已取消");
    public static readonly Text Unknown = new("Unknown", "未知");
}
