using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Items;

/// <summary>Texts of the pages of items.</summary>
internal static class ItemWords
{
    public static readonly Text ChooseTable = new("Choose a table to see its pictures.", "请选择一个表查看图片。");
    public static readonly Text Filter = new("Filter", "过滤条件");
    public static readonly Text FilterHelp = new("For example: price < 10 AND tags HAS \"sale\"", "例如：price < 10 AND tags HAS \"sale\"");
    public static readonly Text Apply = new("Apply", "应用");
    public static readonly Text OrderBy = new("Order by", "排序");
    public static readonly Text Descending = new("Descending", "降序");
    public static readonly Text Id = new("Id", "ID");
    public static readonly Text Key = new("Key", "键");
    public static readonly Text Product = new("Product", "商品编号");
    public static readonly Text Path = new("URL or path of the picture", "图片地址");
    public static readonly Text Tags = new("Tags", "标签");
    public static readonly Text Brief = new("Brief", "简介");
    public static readonly Text Created = new("Created", "创建时间");
    public static readonly Text Modified = new("Changed", "修改时间");
    public static readonly Text Look = new("View", "显示方式");
    public static readonly Text Grid = new("Grid", "网格");
    public static readonly Text List = new("List", "列表");
    public static readonly Text Picture = new("Picture", "图片");
    public static readonly Text None = new("No pictures.", "没有图片。");
    public static readonly Text Open = new("Open {0}", "打开 {0}");
    public static readonly Text Select = new("Select {0}", "选择 {0}");
    public static readonly Text Numbered = new("picture {0}", "图片 {0}");
    public static readonly Text Selected = new("{0} selected", "已选 {0} 张");
    public static readonly Text DeleteSelected = new("Delete the selected", "删除所选");
    public static readonly Text ConfirmTitle = new("Delete pictures?", "删除图片？");
    public static readonly Text Confirm = new("The selected pictures of {1} are deleted: {0}. This can't be undone.", "将从 {1} 删除 {0} 张图片，无法恢复。");
    public static readonly Text ConfirmOne = new("{0} is deleted from {1}. This can't be undone.", "将从 {1} 删除“{0}”，无法恢复。");
    public static readonly Text Deleted = new("Deleted: {0}", "已删除 {0} 张图片。");
    public static readonly Text NotDeleted = new("Not deleted: {0}. {1}", "{0} 张删除失败：{1}");
    public static readonly Text Saved = new("{0} is saved.", "“{0}”已保存。");
    public static readonly Text Conflict = new(
        "Someone else changed this item. The fields show it as it is now: make your change again.", "该图片已被他人修改，下面是最新内容，请重新修改。");
    public static readonly Text Gone = new("This item is not there any more.", "该图片已不存在。");
    public static readonly Text NewPicture = new("Replace the picture", "更换图片");
    public static readonly Text TooLarge = new("The picture has {0}; it may have {1}.", "图片大小为 {0}，不能超过 {1}。");
    public static readonly Text Yes = new("Yes", "是");
    public static readonly Text No = new("No", "否");
    public static readonly Text NoValue = new("No value", "无");
    public static readonly Text NotANumber = new("This is not a number.", "不是有效的数字。");
    public static readonly Text NotADate = new("This is not a date.", "不是有效的日期。");
    public static readonly Text LineByLine = new("One text a line", "每行一项");
}
