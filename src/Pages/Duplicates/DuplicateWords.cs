using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Duplicates;

/// <summary>Texts of the page of duplicates.</summary>
internal static class DuplicateWords
{
    public static readonly Text ChooseTable = new("Choose a table to find pictures in it that are the same or almost.", "请选择一个表，查找其中相同或近似的图片。");
    public static readonly Text MinScore = new("Minimum score", "最低分数");
    public static readonly Text MinScoreHelp = new("0.9 to 1; a lower score finds more", "0.9 到 1，越低找到的近似图片越多");
    public static readonly Text Find = new("Find duplicates", "查找重复图片");
    public static readonly Text Cancel = new("Cancel the search", "取消查找");
    public static readonly Text Waiting = new("The search waits for that of another table.", "正在等待其他表的查找完成。");
    public static readonly Text Running = new("{0} of {1} pictures compared", "已比较 {0} / {1} 张");
    public static readonly Text SecondsLeft = new("{0} of {1} pictures compared, {2} seconds left", "已比较 {0} / {1} 张，还需 {2} 秒");
    public static readonly Text Found = new("Groups: {0}. Pictures in them: {1}, of {2} in the table.", "找到 {0} 组，共 {1} 张（表中有 {2} 张）。");
    public static readonly Text NoneFound = new("No duplicates.", "没有重复图片。");
    public static readonly Text Cancelled = new("The search was cancelled.", "查找已取消。");
    public static readonly Text Failed = new("The search failed: {0}", "查找失败：{0}");
    public static readonly Text Group = new("{0} pictures, score {1}", "{0} 张，分数 {1}");
    public static readonly Text GroupRange = new("{0} pictures, scores {1} to {2}", "{0} 张，分数 {1} 到 {2}");
    public static readonly Text Keep = new("Keep this one, delete the others", "只保留这张，删除其他");
    public static readonly Text KeepOf = new("Keep this one, delete the others: {0}", "只保留这张，删除其他：{0}");
    public static readonly Text ConfirmTitle = new("Delete the others?", "删除其他图片？");
    public static readonly Text Confirm = new("{0} stays. The others of the group are deleted from {2}: {1}. This can't be undone.", "保留“{0}”，从 {2} 删除其他 {1} 张图片，无法恢复。");
    public static readonly Text Kept = new("{0} is kept. Deleted: {1}", "已保留“{0}”，删除 {1} 张。");
    public static readonly Text More = new("and {0} more", "另有 {0} 张");
}
