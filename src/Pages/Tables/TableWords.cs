using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Tables;

/// <summary>Texts of the pages of tables.</summary>
internal static class TableWords
{
    public static readonly Text Name = new("Name", "名称");
    public static readonly Text NameHelp = new("A letter or underscore, then letters, digits or underscores", "以字母或下划线开头，只含字母、数字和下划线");
    public static readonly Text FindName = new("Find by name", "按名称查找");
    public static readonly Text Create = new("Create table", "新建表");
    public static readonly Text Created = new("Table {0} is created.", "表 {0} 已创建。");
    public static readonly Text CreatedOn = new("Created", "创建时间");
    public static readonly Text NoTables = new("There are no tables.", "没有表。");
    public static readonly Text NotFound = new("There is no table {0}.", "表 {0} 不存在。");
    public static readonly Text Rows = new("Pictures", "图片数");
    public static readonly Text State = new("State", "状态");
    public static readonly Text Ready = new("Ready", "就绪");
    public static readonly Text Indexing = new("{0} of {1} can be found", "可检索 {0} / {1}");
    public static readonly Text Model = new("Model", "模型");
    public static readonly Text ModelOf = new("{0}, version {1}, {2} values", "{0}，版本 {1}，{2} 维");
    public static readonly Text Disk = new("Disk", "磁盘");
    public static readonly Text DiskOf = new("{0}, {1} of it pictures", "{0}，其中图片 {1}");
    public static readonly Text Memory = new("Memory", "内存");
    public static readonly Text Links = new("Open", "打开");
    public static readonly Text SearchIn = new("Search in {0}", "在 {0} 中搜索");
    public static readonly Text ItemsOf = new("Pictures of {0}", "{0} 的图片");
    public static readonly Text AddTo = new("Add pictures to {0}", "向 {0} 添加图片");
    public static readonly Text DuplicatesOf = new("Duplicates in {0}", "{0} 中的重复图片");
    public static readonly Text Settings = new("Settings", "设置");
    public static readonly Text SettingsOf = new("Settings of {0}", "{0} 的设置");
    public static readonly Text Saved = new("The settings are saved.", "设置已保存。");
    public static readonly Text Conflict = new(
        "Someone else changed the settings. The fields show them as they are now: make your change again.", "设置已被他人修改，下面是最新内容，请重新修改。");
    public static readonly Text Metric = new("Distance", "距离");
    public static readonly Text L2 = new("L2", "L2");
    public static readonly Text InnerProduct = new("Inner product", "内积");
    public static readonly Text Cosine = new("Cosine", "余弦");
    public static readonly Text OnExistingKey = new("If the key exists", "键已存在时");
    public static readonly Text MainObject = new("Main object", "主体向量");
    public static readonly Text KeepPictures = new("Keep pictures", "保留图片");
    public static readonly Text MaxRows = new("Maximum number of pictures", "图片数上限");
    public static readonly Text MaxRowsHelp = new("Empty for no limit", "留空则不限");
    public static readonly Text OnDuplicate = new("If the picture is a duplicate", "图片重复或近似时");
    public static readonly Text DuplicateScore = new("Duplicates have at least the score", "判定分数");
    public static readonly Text DuplicateScoreHelp = new("0.9 to 1; 1 is the same picture", "0.9 到 1，1 为同一张图片");
    public static readonly Text Attributes = new("Attributes", "属性");
    public static readonly Text NoAttributes = new("none", "无");
    public static readonly Text Drop = new("Drop table", "删除表");
    public static readonly Text DropWarning = new(
        "All pictures of {1} are deleted: {0}. This can't be undone.", "{1} 的全部 {0} 张图片都会被删除，无法恢复。");
    public static readonly Text DropConfirm = new("Type the name of the table to confirm", "输入表名以确认");
    public static readonly Text Dropped = new("Table {0} is dropped.", "表 {0} 已删除。");
    public static readonly Text Load = new("Index them now", "立即索引");
    public static readonly Text Waiting = new("{0} pictures wait for the index; searches do not find them yet.", "{0} 张图片等待索引，暂时搜不到。");
    public static readonly Text AllTables = new("All tables", "所有表");
}
