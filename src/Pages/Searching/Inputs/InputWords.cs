using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Searching.Inputs;

/// <summary>Texts of picking a picture and a part of it.</summary>
internal static class InputWords
{
    public static readonly Text Choose = new("Choose a picture", "选择图片");
    public static readonly Text ChooseOther = new("Choose another picture", "换一张图片");
    public static readonly Text Hint = new(
        "or drop it here, or paste it with Ctrl+V. JPEG, PNG, WebP or GIF of at most {0} MB.",
        "也可以把图片拖到这里，或按 Ctrl+V 粘贴。支持 JPEG、PNG、WebP、GIF，不超过 {0} MB。");
    public static readonly Text Camera = new("Take a photo", "拍照");
    public static readonly Text Url = new("URL of a picture", "图片网址");
    public static readonly Text Empty = new("The file is empty.", "文件是空的。");
    public static readonly Text TooLarge = new("The file has {0} MB; a picture may have {1} MB. Choose a smaller one.", "文件有 {0} MB，超过了 {1} MB 的上限，请换一张小一些的图片。");
    public static readonly Text NotAPicture = new("This is no picture. Choose a JPEG, PNG, WebP or GIF file.", "这不是图片，请选择 JPEG、PNG、WebP 或 GIF 文件。");
    public static readonly Text NotAUrl = new("Enter a URL that begins with http:// or https://.", "请输入以 http:// 或 https:// 开头的网址。");
    public static readonly Text Gone = new("The browser can't read the picture any more. Choose it again.", "浏览器已无法读取这张图片，请重新选择。");

    public static readonly Text Picture = new("Picture to search by", "用于搜索的图片");
    public static readonly Text Region = new(
        "Part to search by. Draw it with the pointer. Arrow keys move it, with Shift they resize it, Delete removes it.",
        "搜索区域。用指针拖动绘制；方向键移动，按住 Shift 用方向键调整大小，Delete 键清除。");
    public static readonly Text RegionHint = new("Draw a box on the picture to search by a part of it.", "在图片上拖出一个框，可只按这一部分搜索。");
    public static readonly Text RegionNumbers = new("Box in per cent", "区域（百分比）");
    public static readonly Text Left = new("Left", "左");
    public static readonly Text Top = new("Top", "上");
    public static readonly Text Right = new("Right", "右");
    public static readonly Text Bottom = new("Bottom", "下");
    public static readonly Text Clear = new("Whole picture", "整张图片");
    public static readonly Text UseMainObject = new("Search by the main object", "按主体搜索");
    public static readonly Text MainObject = new("Main object", "主体");
    public static readonly Text DetectMainObject = new("Find the main object", "识别主体");
    public static readonly Text Fetched = new("The service fetches this picture.", "图片由服务读取。");
}
