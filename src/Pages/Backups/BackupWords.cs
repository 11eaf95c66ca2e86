using ImageSearch.Client.Backups;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Progress;

namespace ImageSearch.Pages.Backups;

/// <summary>Texts of the page of backups.</summary>
internal static class BackupWords
{
    public static readonly Text NeedsToken = new("Log in with TOKEN to make backups.", "只有用 TOKEN 登录才能备份。");
    public static readonly Text Help = new(
        "A backup has all tables of one moment, in a folder of BACKUP_PATH. It is made while the service runs.", "备份包含同一时刻的所有表，存放在 BACKUP_PATH 的文件夹中，无需停止服务。");
    public static readonly Text None = new("There are no backups.", "没有备份。");
    public static readonly Text Name = new("Name", "名称");
    public static readonly Text NameHelp = new("Letters, digits, - or _; empty for the time", "字母、数字、- 或 _；留空则用当前时间");
    public static readonly Text Begin = new("Begin a backup", "开始备份");
    public static readonly Text Cancel = new("Cancel the backup", "取消备份");
    public static readonly Text State = new("State", "状态");
    public static readonly Text Began = new("Began", "开始时间");
    public static readonly Text Ended = new("Ended", "结束时间");
    public static readonly Text Size = new("Size", "大小");
    public static readonly Text Tables = new("Tables", "表");
    public static readonly Text Rows = new("Pictures", "图片数");
    public static readonly Text Actions = new("Actions", "操作");
    public static readonly Text Progress = new("{0}: {1} of {2}", "{0}：{1} / {2}");
    public static readonly Text ProgressLeft = new("{0}: {1} of {2}, {3} left", "{0}：{1} / {2}，剩余 {3}");
    public static readonly Text Done = new("Backup {0} is finished.", "备份 {0} 已完成。");
    public static readonly Text NotDone = new("Backup {0} failed: {1}", "备份 {0} 失败：{1}");
    public static readonly Text DeleteOf = new("Delete {0}", "删除 {0}");
    public static readonly Text DeleteTitle = new("Delete the backup?", "删除备份？");
    public static readonly Text DeleteWarning = new("Backup {0} is removed from BACKUP_PATH. This can't be undone.", "备份 {0} 将从 BACKUP_PATH 中删除，无法恢复。");

    private static readonly Text Failed = new("Failed", "失败");

    /// <summary>How far a backup is.</summary>
    public static Text Of(BackupState state) => state switch
    {
        BackupState.Running => WorkWords.Running,
        BackupState.Finished => WorkWords.Finished,
        BackupState.Cancelled => WorkWords.Cancelled,
        BackupState.Failed => Failed,
        _ => WorkWords.Unknown,
    };
}
