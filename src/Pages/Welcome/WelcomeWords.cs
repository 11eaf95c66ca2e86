using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Welcome;

/// <summary>Texts of the welcome.</summary>
internal static class WelcomeWords
{
    public static readonly Text NoTables = new("Welcome. There are no pictures to search yet.", "欢迎使用。现在还没有可以搜索的图片。");
    public static readonly Text EmptyTable = new("The table {0} has no pictures yet.", "表 {0} 里还没有图片。");
    public static readonly Text Explanation = new(
        "A table holds the pictures of a catalogue. A search by a photo then finds the pictures that show the same thing.",
        "一张表存放一个商品库的图片。用一张照片搜索，就能找到拍的是同一样东西的图片。");
    public static readonly Text TrySamples = new("Try it with sample pictures", "用示例图片试一试");
    public static readonly Text SamplesExplained = new(
        "Creates the table {0} with three pictures, and searches it with a photo. You can delete the table later.",
        "创建表 {0}，放入三张图片，并用一张照片搜索。这张表以后可以删除。");
    public static readonly Text TableName = new("Name of the table", "表名");
    public static readonly Text Create = new("Add the samples and search", "添加示例并搜索");
    public static readonly Text Creating = new("Adding the samples …", "正在添加示例……");
    public static readonly Text NameTaken = new("There is another table of this name. Choose another name.", "已有同名的其他表，请换一个表名。");
    public static readonly Text OwnPictures = new("Add your own pictures", "添加自己的图片");
    public static readonly Text OwnExplained = new("In the browser, or by a program:", "可以在浏览器中添加，也可以用程序添加：");
    public static readonly Text MayNot = new(
        "You may search, but not add pictures. Ask the provider of your key.", "你的密钥只能搜索，不能添加图片。请联系密钥的提供者。");
    public static readonly Text ReadyToSearch = new("The samples are there.", "示例已添加。");
}
