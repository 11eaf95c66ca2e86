namespace ImageSearch.Pages.Languages;

/// <summary>Texts that several pages have.</summary>
internal static class CommonWords
{
    public static readonly Text Search = new("Search", "搜索");
    public static readonly Text Tables = new("Tables", "表");
    public static readonly Text Add = new("Add pictures", "添加图片");
    public static readonly Text Items = new("Items", "图片");
    public static readonly Text Duplicates = new("Duplicates", "重复图片");
    public static readonly Text Keys = new("Keys", "密钥");
    public static readonly Text Audit = new("Audit", "审计");
    public static readonly Text Backups = new("Backups", "备份");
    public static readonly Text Figures = new("Figures", "运行状况");
    public static readonly Text Documentation = new("API", "API 文档");
    public static readonly Text LogIn = new("Log in", "登录");
    public static readonly Text LogOut = new("Log out", "退出");
    public static readonly Text Cancel = new("Cancel", "取消");
    public static readonly Text Save = new("Save", "保存");
    public static readonly Text Delete = new("Delete", "删除");
    public static readonly Text Close = new("Close", "关闭");
    public static readonly Text Table = new("Table", "表");
    public static readonly Text Menu = new("Menu", "菜单");
    public static readonly Text Theme = new("Dark or light", "深色或浅色");
    public static readonly Text OtherLanguage = new("中文", "English");
    public static readonly Text NotFound = new("There is no such page.", "没有这个页面。");
    public static readonly Text SkipToContent = new("Skip to content", "跳到正文");
    public static readonly Text ConnectionLost = new("The connection to the service is lost. Trying again …", "与服务的连接已断开，正在重新连接……");
    public static readonly Text Reload = new("Reload", "重新加载");
    public static readonly Text Unreachable = new("The service does not answer: {0}", "服务没有响应：{0}");
    public static readonly Text Failed = new("Something went wrong; the log of the service has the reason.", "出错了，原因见服务日志。");
}
