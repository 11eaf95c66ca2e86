using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Adding;

/// <summary>Texts of adding and importing.</summary>
internal static class AddingWords
{
    public static readonly Text ChooseTable = new("Choose the table that gets the pictures.", "请选择要添加图片的表。");
    public static readonly Text Files = new("Files", "文件");
    public static readonly Text List = new("List", "清单");
    public static readonly Text Folder = new("Folder of the server", "服务器文件夹");

    public static readonly Text Drop = new("Drop pictures or folders here", "把图片或文件夹拖到这里");
    public static readonly Text ChooseFiles = new("Choose files", "选择文件");
    public static readonly Text ChooseFolder = new("Choose a folder", "选择文件夹");
    public static readonly Text FilesField = new("Pictures", "图片文件");
    public static readonly Text FolderField = new("Folder with pictures", "图片文件夹");
    public static readonly Text Chosen = new("Pictures chosen: {0}", "已选择 {0} 张图片");
    public static readonly Text Clear = new("Clear", "清空");
    public static readonly Text Key = new("Key of an item", "图片的键");
    public static readonly Text KeyName = new("File name", "文件名");
    public static readonly Text KeyStem = new("File name without extension", "不含扩展名的文件名");
    public static readonly Text KeyPath = new("Path", "路径");
    public static readonly Text Existing = new("If the key is there already", "键已存在时");
    public static readonly Text ExistingDefault = new("As the table says", "按表的设置");
    public static readonly Text ExistingReplace = new("Replace the item", "替换原图片");
    public static readonly Text ExistingSkip = new("Keep the item", "保留原图片");
    public static readonly Text ExistingFail = new("Report an error", "报告错误");

    public static readonly Text Start = new("Add", "开始添加");
    public static readonly Text Pause = new("Pause", "暂停");
    public static readonly Text GoOn = new("Go on", "继续");
    public static readonly Text Stop = new("Stop", "停止");
    public static readonly Text Progress = new("Progress", "进度");
    public static readonly Text Counts = new("{0} of {1}", "{0} / {1}");
    public static readonly Text Stored = new("{0} stored", "已存储 {0}");
    public static readonly Text Skipped = new("{0} kept as they were", "保留原图 {0}");
    public static readonly Text Failed = new("{0} failed", "失败 {0}");
    public static readonly Text PerSecond = new("{0} a second", "每秒 {0} 张");
    public static readonly Text Left = new("{0} left", "剩余 {0}");
    public static readonly Text Seconds = new("{0} s", "{0} 秒");
    public static readonly Text Minutes = new("{0} min", "{0} 分钟");
    public static readonly Text Hours = new("{0} h {1} min", "{0} 小时 {1} 分钟");

    public static readonly Text Paused = new("Paused.", "已暂停。");
    public static readonly Text PausedUnreachable = new("Paused, because the service does not answer.", "服务没有响应，已暂停。");
    public static readonly Text PausedSession =
        new("Paused, because the session has ended. Log in on another tab, then go on.", "会话已失效，已暂停。请在另一个标签页登录，然后继续。");
    public static readonly Text SearchTable = new("Search them", "去搜索");
    public static readonly Text Ended = new("Finished.", "已完成。");
    public static readonly Text Stopped = new("Stopped. What is stored stays.", "已停止，已存储的图片会保留。");
    public static readonly Text Leave = new("Pictures are still being added. If you leave this page, the rest is not sent.", "图片仍在添加。离开本页后，剩下的图片不会发送。");
    public static readonly Text LeaveTitle = new("Leave the page?", "离开此页？");
    public static readonly Text LeaveAnyway = new("Leave", "离开");
    public static readonly Text Stay = new("Stay", "留下");

    public static readonly Text Errors = new("Errors", "错误");
    public static readonly Text ErrorsShown = new("The first {0} of {1} errors. The CSV file has all of them.", "这里显示 {1} 个错误中的前 {0} 个，CSV 文件包含全部错误。");
    public static readonly Text SaveErrors = new("Errors as CSV", "下载错误（CSV）");
    public static readonly Text File = new("File", "文件");
    public static readonly Text Reason = new("Reason", "原因");
    public static readonly Text TooLarge = new("The file has more than 20 MB.", "文件超过 20 MB。");
    public static readonly Text SameKey = new("Another file of this upload has the same key.", "本次上传的另一个文件有相同的键。");
    public static readonly Text BadName = new("The file's name can't be a key.", "该文件名不能用作键。");
    public static readonly Text Unreadable = new("The file can't be read. It may have been moved or removed.", "无法读取文件，可能已被移动或删除。");

    public static readonly Text ListField = new("List of pictures", "图片清单文件");
    public static readonly Text ListHelp =
        new("NDJSON or CSV with URLs, or a ZIP of pictures.", "包含图片地址的 NDJSON 或 CSV，或图片的 ZIP 压缩包。");
    public static readonly Text ChooseList = new("Choose a list", "选择清单");
    public static readonly Text ListFormats = new("docs/imports.md", "docs/imports.zh-CN.md");
    public static readonly Text NotAList = new("Choose a file that ends in .ndjson, .jsonl, .csv or .zip.", "请选择以 .ndjson、.jsonl、.csv 或 .zip 结尾的文件。");
    public static readonly Text Charset = new("Charset", "字符集");
    public static readonly Text InvalidLines = new("Invalid lines", "无效的行");
    public static readonly Text InvalidStop = new("Refuse the list", "拒绝整个清单");
    public static readonly Text InvalidContinue = new("Report them and import the rest", "报告错误，继续导入其余行");
    public static readonly Text DryRun = new("Only check, store nothing", "只检查，不存储");
    public static readonly Text Sending = new("{0} of {1} MB sent", "已发送 {0} / {1} MB");
    public static readonly Text SendList = new("Import", "开始导入");
    public static readonly Text ListBroken = new("The list was not sent: the connection broke off.", "清单未能发送：连接中断。");
    public static readonly Text Begun = new("The import has begun.", "导入已开始。");

    public static readonly Text FolderPath = new("Folder", "文件夹");
    public static readonly Text FolderPathHelp = new("One of IMAGE_ROOTS, or a folder below one", "IMAGE_ROOTS 中的文件夹，或其下级文件夹");
    public static readonly Text Pattern = new("Which files", "匹配哪些文件");
    public static readonly Text PatternHelp = new("For instance **/*.jpg; empty for all pictures", "例如 **/*.jpg，留空表示所有图片");
}
