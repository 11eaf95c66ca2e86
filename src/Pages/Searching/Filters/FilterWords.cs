using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Searching.Filters;

/// <summary>Texts of filters.</summary>
internal static class FilterWords
{
    public static readonly Text Filter = new("Filter", "过滤条件");
    public static readonly Text Example = new("such as price < 50 AND tags HAS \"sale\"", "例如 price < 50 AND tags HAS \"sale\"");
    public static readonly Text Build = new("Build a filter", "构建过滤条件");
    public static readonly Text Syntax = new("How filters are written", "过滤语法");
    public static readonly Text SyntaxSource = new("Everything about filters is in docs/filters.md.", "完整说明见 docs/filters.zh-CN.md。");
    public static readonly Text All = new("All conditions hold", "满足全部条件");
    public static readonly Text Any = new("One condition is enough", "满足任一条件");
    public static readonly Text Join = new("Conditions", "条件关系");
    public static readonly Text Field = new("Field", "字段");
    public static readonly Text Test = new("Test", "比较");
    public static readonly Text Value = new("Value", "值");
    public static readonly Text Values = new("Values, with commas between them", "多个值，用逗号分隔");
    public static readonly Text AddCondition = new("Add a condition", "添加条件");
    public static readonly Text Remove = new("Remove the condition", "删除该条件");
    public static readonly Text Use = new("Use this filter", "应用");
    public static readonly Text True = new("yes", "是");
    public static readonly Text False = new("no", "否");
    public static readonly Text Choose = new("choose", "请选择");

    public static readonly Text ValueMissing = new("Enter a value.", "请填写值。");
    public static readonly Text NumberWanted = new("Enter a number, such as 49.90.", "请填写数字，例如 49.90。");
    public static readonly Text DateWanted = new("Choose a day.", "请选择日期。");
    public static readonly Text TooLong = new("The value is too long.", "值太长。");
    public static readonly Text OneTag = new(
        "Enter one tag: commas, semicolons and spaces separate tags.", "请只填写一个标签：逗号、分号和空格是标签之间的分隔符。");

    private static readonly Dictionary<Test, Text> Tests = new()
    {
        [Filters.Test.Equal] = new("is", "等于"),
        [Filters.Test.NotEqual] = new("is not", "不等于"),
        [Filters.Test.Less] = new("is less than", "小于"),
        [Filters.Test.LessOrEqual] = new("is at most", "小于等于"),
        [Filters.Test.Greater] = new("is greater than", "大于"),
        [Filters.Test.GreaterOrEqual] = new("is at least", "大于等于"),
        [Filters.Test.OneOf] = new("is one of", "等于其中之一"),
        [Filters.Test.Has] = new("contains", "包含"),
        [Filters.Test.HasNot] = new("does not contain", "不包含"),
        [Filters.Test.StartsWith] = new("begins with", "开头是"),
        [Filters.Test.From] = new("is on or after", "不早于"),
        [Filters.Test.Before] = new("is before", "早于"),
        [Filters.Test.OnDay] = new("is on", "日期为"),
        [Filters.Test.Exists] = new("has a value", "有值"),
        [Filters.Test.Missing] = new("has no value", "没有值"),
    };

    /// <summary>The name of a test.</summary>
    public static Text Of(Test test) => Tests[test];
}
