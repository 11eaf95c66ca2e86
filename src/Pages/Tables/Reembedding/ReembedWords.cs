using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Tables.Reembedding;

/// <summary>Texts of the change of a table's model.</summary>
internal static class ReembedWords
{
    public static readonly Text Title = new("Change the model", "更换模型");
    public static readonly Text Help = new(
        "Embeds all pictures again in the background. Searches use the old vectors until all new ones are there.", "在后台用新模型重新计算所有图片的向量；全部完成之前，搜索仍使用旧向量。");
    public static readonly Text Model = new("New model", "新模型");
    public static readonly Text ServiceModel = new("Model of new tables", "新建表所用的模型");
    public static readonly Text OtherModel = new("Another one …", "其他……");
    public static readonly Text ModelName = new("Name of the model", "模型名称");
    public static readonly Text ModelVersion = new("Version", "版本");
    public static readonly Text Dimension = new("Values of a vector", "向量维数");
    public static readonly Text MaxFailures = new("Maximum number of failures", "允许失败的图片数");
    public static readonly Text MaxFailuresHelp = new("Items whose picture is gone stay without a vector, and no search finds them.", "图片已不存在的条目会保留，但没有向量，无法被搜到。");
    public static readonly Text Begin = new("Begin", "开始");
    public static readonly Text Cancel = new("Cancel the change", "取消更换");
    public static readonly Text Running = new("{0} of {1} pictures done, {2} failed; new model {3}", "已完成 {0} / {1} 张，失败 {2} 张，新模型 {3}");
    public static readonly Text Finished = new("Changed to {0} on {1}: {2} pictures, {3} failed.", "已于 {1} 更换为 {0}：共 {2} 张，失败 {3} 张。");
    public static readonly Text Failed = new("The change to {0} failed: {1}", "更换为 {0} 失败：{1}");
    public static readonly Text Cancelled = new("The change to {0} was cancelled.", "更换为 {0} 已取消。");
    public static readonly Text TooMany = new("{0} pictures failed; the maximum is {1}.", "失败 {0} 张，超过允许的 {1} 张。");
    public static readonly Text Failures = new("Pictures that failed", "失败的图片");
    public static readonly Text Item = new("Picture", "图片");
    public static readonly Text Reason = new("Reason", "原因");
}
