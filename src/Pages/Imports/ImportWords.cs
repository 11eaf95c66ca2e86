using ImageSearch.Client.Imports;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Progress;

namespace ImageSearch.Pages.Imports;

/// <summary>Texts of imports.</summary>
internal static class ImportWords
{
    public static readonly Text Title = new("Imports", "导入任务");
    public static readonly Text None = new("This table has no imports of the last week.", "这个表最近一周没有导入任务。");
    public static readonly Text Began = new("Began", "开始时间");
    public static readonly Text State = new("State", "状态");
    public static readonly Text Progress = new("Progress", "进度");
    public static readonly Text Actions = new("Actions", "操作");
    public static readonly Text Counts = new("{0} of {1} stored", "已存储 {0} / {1}");
    public static readonly Text Checked = new("{0} of {1} are right", "{0} / {1} 通过检查");
    public static readonly Text Failures = new("Failures", "失败明细");
    public static readonly Text FailuresHelp = new("Download the {0} failures as NDJSON", "下载 {0} 条失败明细（NDJSON）");
    public static readonly Text CancelOne = new("Cancel import", "取消导入");
    public static readonly Text DryRun = new("only checks", "仅检查");
    public static readonly Text More = new("Show older ones", "显示更早的任务");

    private static readonly Text Receiving = new("Being received", "接收中");
    private static readonly Text Failed = new("Can't continue", "无法继续");

    /// <summary>How far an import is.</summary>
    public static Text Of(ImportState state) => state switch
    {
        ImportState.Receiving => Receiving,
        ImportState.Running => WorkWords.Running,
        ImportState.Finished => WorkWords.Finished,
        ImportState.Cancelled => WorkWords.Cancelled,
        ImportState.Failed => Failed,
        _ => WorkWords.Unknown,
    };
}
