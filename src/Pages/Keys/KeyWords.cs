using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Keys;

/// <summary>Texts of the page of keys.</summary>
internal static class KeyWords
{
    public static readonly Text NoToken = new(
        "The service has no TOKEN, so everyone may do everything and there are no keys. Start it with the setting TOKEN, log in with it here, and keys can be made.",
        "服务没有设置 TOKEN，任何人都能执行所有操作，因此没有密钥。请设置 TOKEN 后重新启动服务，用它登录后即可创建密钥。");
    public static readonly Text NeedsToken = new("Log in with TOKEN to manage keys.", "只有用 TOKEN 登录才能管理密钥。");
    public static readonly Text Help = new(
        "A key gives a shop its own tables and limits. Changes hold within 5 seconds.", "密钥让每个店铺只使用自己的表和限额，修改在 5 秒内生效。");
    public static readonly Text None = new("There are no keys.", "没有密钥。");
    public static readonly Text Create = new("Create key", "新建密钥");
    public static readonly Text Name = new("Name", "名称");
    public static readonly Text Scopes = new("Scopes", "权限");
    public static readonly Text Read = new("Read: search, list, export", "读：搜索、浏览、导出");
    public static readonly Text Write = new("Write: add, change, delete, import", "写：添加、修改、删除、导入");
    public static readonly Text Admin = new("Admin: create, set and drop tables", "管理：建表、设置、删表");
    public static readonly Text ReadShort = new("read", "读");
    public static readonly Text WriteShort = new("write", "写");
    public static readonly Text AdminShort = new("admin", "管理");
    public static readonly Text Tables = new("Tables", "表");
    public static readonly Text TablesHelp = new("Names, or the beginning of names and *, such as shop1_*; one a line", "表名，或前缀加 *，例如 shop1_*；每行一个");
    public static readonly Text Rate = new("Calls per second", "每秒调用数");
    public static readonly Text Burst = new("Calls at once", "突发调用数");
    public static readonly Text MaxRows = new("Maximum number of pictures", "图片数上限");
    public static readonly Text MaxTables = new("Maximum number of tables", "表数上限");
    public static readonly Text NoLimit = new("Empty for no limit", "留空则不限");
    public static readonly Text Expires = new("Expires", "到期时间");
    public static readonly Text Never = new("never", "不过期");
    public static readonly Text ExpiresHelp = new("Empty for never", "留空则不过期");
    public static readonly Text Limits = new("Limits", "限额");
    public static readonly Text RateOf = new("{0} calls/s", "{0} 次/秒");
    public static readonly Text RowsOf = new("{0} pictures", "{0} 张图片");
    public static readonly Text TablesOf = new("{0} tables", "{0} 个表");
    public static readonly Text LastUsed = new("Last used", "最近使用");
    public static readonly Text State = new("State", "状态");
    public static readonly Text Active = new("Active", "有效");
    public static readonly Text Disabled = new("Disabled", "已停用");
    public static readonly Text Expired = new("Expired", "已过期");
    public static readonly Text Actions = new("Actions", "操作");
    public static readonly Text Edit = new("Change", "修改");
    public static readonly Text Rotate = new("New secret", "更换密钥值");
    public static readonly Text Disable = new("Disable", "停用");
    public static readonly Text Enable = new("Enable", "启用");
    public static readonly Text EditOf = new("Change {0}", "修改 {0}");
    public static readonly Text Saved = new("{0} is saved.", "“{0}”已保存。");
    public static readonly Text RotateOf = new("New secret for {0}", "更换 {0} 的密钥值");
    public static readonly Text DisableOf = new("Disable {0}", "停用 {0}");
    public static readonly Text EnableOf = new("Enable {0}", "启用 {0}");
    public static readonly Text DeleteOf = new("Delete {0}", "删除 {0}");
    public static readonly Text Grace = new("The old secret works for", "旧密钥值继续有效");
    public static readonly Text GraceNone = new("no longer", "立即失效");
    public static readonly Text GraceHour = new("an hour", "1 小时");
    public static readonly Text GraceDay = new("a day", "1 天");
    public static readonly Text GraceWeek = new("a week", "7 天");
    public static readonly Text Secret = new("Secret of {0}", "{0} 的密钥值");
    public static readonly Text SecretHelp = new(
        "This is the only time that the secret is shown: the service does not keep it. Give it to the shop over a safe channel.", "密钥值只显示这一次，服务不保存它。请通过安全的方式交给店铺。");
    public static readonly Text Copy = new("Copy", "复制");
    public static readonly Text Copied = new("Copied.", "已复制。");
    public static readonly Text NotCopied = new("The browser does not allow it: select the secret and copy it.", "浏览器不允许复制，请选中后手动复制。");
    public static readonly Text DeleteTitle = new("Delete the key?", "删除密钥？");
    public static readonly Text DeleteWarning = new("Calls with {0} are refused from now on. Its tables stay.", "“{0}”的调用将被拒绝，它的表会保留。");
}
