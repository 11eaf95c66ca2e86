using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Tables.Schema;

/// <summary>Texts of the editor of a schema.</summary>
internal static class SchemaWords
{
    public static readonly Text Add = new("Add an attribute", "添加属性");
    public static readonly Text Name = new("Name of attribute {0}", "属性 {0} 的名称");
    public static readonly Text Type = new("Type of attribute {0}", "属性 {0} 的类型");
    public static readonly Text Indexed = new("Indexed", "建索引");
    public static readonly Text Remove = new("Remove attribute {0}", "移除属性 {0}");
    public static readonly Text Missing = new("An attribute needs a name.", "属性必须有名称。");
    public static readonly Text Repeated = new("Another attribute has this name.", "名称与其他属性重复。");
    public static readonly Text Help = new(
        "Attributes can be shown, filtered and ordered by. A table orders by an attribute only if it is indexed.", "属性可用于展示、过滤和排序；只有建了索引的属性才能排序。");
}
