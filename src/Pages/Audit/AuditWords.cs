using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Audit;

/// <summary>Texts of the page of the audit.</summary>
internal static class AuditWords
{
    public static readonly Text NoToken = new(
        "The service has no TOKEN, so everyone may do everything and nothing is recorded.", "服务没有设置 TOKEN，任何人都能执行所有操作，因此没有审计记录。");
    public static readonly Text NeedsToken = new("Log in with TOKEN to see the audit.", "只有用 TOKEN 登录才能查看审计。");
    public static readonly Text Help = new(
        "Changes of keys and tables, and administration that was denied, newest first.", "密钥和表的变更，以及被拒绝的管理操作，最新的在前。");
    public static readonly Text None = new("Nothing is recorded.", "没有记录。");
    public static readonly Text Refresh = new("Refresh", "刷新");
    public static readonly Text Time = new("Time", "时间");
    public static readonly Text Who = new("Who", "操作者");
    public static readonly Text Action = new("Action", "操作");
    public static readonly Text Target = new("Table or key", "表或密钥");
    public static readonly Text Address = new("Address", "地址");
    public static readonly Text Outcome = new("Outcome", "结果");
    public static readonly Text Detail = new("Details", "详情");
    public static readonly Text Ok = new("done", "成功");
    public static readonly Text Token = new("TOKEN", "TOKEN");

    private static readonly Dictionary<string, Text> Actions = new(StringComparer.Ordinal)
    {
        ["key.create"] = new("create a key", "新建密钥"),
        ["key.change"] = new("change a key", "修改密钥"),
        ["key.rotate"] = new("new secret of a key", "更换密钥值"),
        ["key.delete"] = new("delete a key", "删除密钥"),
        ["table.create"] = new("create a table", "建表"),
        ["table.put"] = new("create a table or set it", "建表或设置表"),
        ["table.configure"] = new("set a table", "设置表"),
        ["table.load"] = new("load a table", "加载表"),
        ["table.drop"] = new("drop a table", "删除表"),
        ["table.reembed"] = new("change the model of a table", "更换表的模型"),
        ["table.cancel_reembed"] = new("cancel the change of a model", "取消更换模型"),
        ["backup.begin"] = new("begin a backup", "开始备份"),
        ["backup.delete"] = new("delete a backup", "删除备份"),
    };

    /// <summary>What was done. One that the pages do not know keeps the service's word.</summary>
    public static Text Of(string action) => Actions.TryGetValue(action, out var text) ? text : new Text(action, action);
}
