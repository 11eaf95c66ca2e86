using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Searching;

/// <summary>Texts of searches.</summary>
internal static class SearchWords
{
    public static readonly Text Title = new("Search by picture", "以图搜图");
    public static readonly Text Options = new("Options and filter", "选项与过滤");
    public static readonly Text Limit = new("Results per page", "每页结果数");
    public static readonly Text MinScore = new("Minimum score", "最低得分");
    public static readonly Text AnyScore = new("any", "不限");
    public static readonly Text GroupBy = new("One result per", "按字段去重");
    public static readonly Text NoGroup = new("no grouping", "不去重");

    public static readonly Text Results = new("Results", "结果");
    public static readonly Text Searching = new("Searching …", "正在搜索……");
    public static readonly Text Found = new("{0} results", "{0} 个结果");
    public static readonly Text FoundOne = new("1 result", "1 个结果");
    public static readonly Text FoundFirst = new("The best {0} results", "最相似的 {0} 个结果");
    public static readonly Text Nothing = new(
        "Nothing was found. Search without a filter, with a lower minimum score or by another picture.",
        "没有找到结果。可以去掉过滤条件、降低最低得分，或换一张图片。");
    public static readonly Text Start = new(
        "Choose a picture, and the pictures of the table that look like it appear here.", "选择一张图片，表中与它相似的图片会显示在这里。");
    public static readonly Text More = new("More results", "更多结果");

    public static readonly Text Score = new("Score", "得分");
    public static readonly Text Product = new("Product", "商品");
    public static readonly Text Tags = new("Tags", "标签");
    public static readonly Text Brief = new("Brief", "简介");
    public static readonly Text Like = new("More like this", "找相似");
    public static readonly Text LikeItem = new("More like this: {0}", "找相似：{0}");
    public static readonly Text Unlike = new("Less like this", "排除相似");
    public static readonly Text UnlikeItem = new("Less like this: {0}", "排除相似：{0}");
    public static readonly Text ByItem = new("Like {0}", "相似于 {0}");
    public static readonly Text NotByItem = new("Unlike {0}", "不像 {0}");
    public static readonly Text RemoveExample = new("Remove {0}", "移除 {0}");
    public static readonly Text Examples = new("What is searched by", "搜索依据");

    public static readonly Text Times = new(
        "Fetch {0} ms · embed {1} ms · filter {2} ms · vectors {3} ms · catalog {4} ms · total {5} ms",
        "读取图片 {0} ms · 计算向量 {1} ms · 过滤 {2} ms · 检索向量 {3} ms · 查询目录 {4} ms · 总计 {5} ms");

    public static readonly Text NoSuchItem = new("The item of the link is not in the table any more.", "链接中的图片已不在表中。");
    public static readonly Text TrySample = new("Try a sample picture", "试试示例图片");
}
