using ImageSearch.Client.Tables;
using ImageSearch.Pages.Fields;

namespace ImageSearch.Pages.Tables;

/// <summary>The values of a table's settings.</summary>
internal static class TableChoices
{
    public static readonly IReadOnlyList<Choice<Metric?>> Metrics =
    [
        new(Metric.L2, new("Euclidean, squared (L2)", "欧氏距离的平方（L2）")),
        new(Metric.Ip, TableWords.InnerProduct),
        new(Metric.Cosine, TableWords.Cosine),
    ];

    public static readonly IReadOnlyList<Choice<Metric?>> NewMetrics =
        [new(null, new("Service default", "服务默认")), .. Metrics];

    public static readonly IReadOnlyList<Choice<KeyRule>> KeyRules =
    [
        new(KeyRule.Replace, new("Replace", "替换")),
        new(KeyRule.Skip, new("Keep the old one", "保留原有图片")),
        new(KeyRule.Fail, new("Refuse", "拒绝")),
    ];

    public static readonly IReadOnlyList<Choice<MainObjectRule?>> MainObjects =
    [
        new(null, new("Service default", "服务默认")),
        new(MainObjectRule.Off, new("None", "不使用")),
        new(MainObjectRule.Query, new("In searches", "仅用于搜索")),
        new(MainObjectRule.Both, new("In searches and in the table", "用于搜索和入库")),
    ];

    public static readonly IReadOnlyList<Choice<KeepPictures?>> Kept =
    [
        new(null, new("Service default", "服务默认")),
        new(KeepPictures.None, new("Nothing", "不保留")),
        new(KeepPictures.Thumbnail, new("A thumbnail", "缩略图")),
        new(KeepPictures.Original, new("A thumbnail and the file", "缩略图和原文件")),
    ];

    public static readonly IReadOnlyList<Choice<DuplicateRule>> DuplicateRules =
    [
        new(DuplicateRule.Allow, new("Add it", "照常添加")),
        new(DuplicateRule.Reject, new("Refuse it", "拒绝")),
        new(DuplicateRule.Return, new("Keep the one that is there", "保留已有图片")),
    ];

    public static readonly IReadOnlyList<Choice<AttributeType>> AttributeTypes =
    [
        new(AttributeType.String, new("Text", "文本")),
        new(AttributeType.Number, new("Number", "数字")),
        new(AttributeType.Boolean, new("Yes or no", "是/否")),
        new(AttributeType.Date, new("Date", "日期")),
        new(AttributeType.StringList, new("List of texts", "文本列表")),
    ];
}
