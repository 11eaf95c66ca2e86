using System.Globalization;
using ImageSearch.Client.Problems;

namespace ImageSearch.Pages.Sessions;

/// <summary>A problem of the service in Chinese. In English the problem's own detail says it.</summary>
/// <param name="Meaning">What is wrong and what to do, without the last full stop.</param>
/// <param name="HasFacts">Whether the detail has facts that the code has not: which limit, where in the filter.</param>
/// <param name="Passes">Whether the same call may succeed later.</param>
internal sealed record ProblemText(string Meaning, bool HasFacts = false, bool Passes = false)
{
    /// <summary>The problem of a call.</summary>
    /// <param name="detail">What the service says, in English.</param>
    /// <param name="wait">When to call again; null if the service does not say.</param>
    public string Say(string detail, TimeSpan? wait)
    {
        var again = Passes ? Again(wait) : "";
        return HasFacts ? $"{Meaning}。{again}详情：{detail}" : $"{Meaning}。{again}";
    }

    private static string Again(TimeSpan? wait) =>
        wait is { } time ? string.Create(CultureInfo.InvariantCulture, $"请在 {Math.Max(1, Math.Ceiling(time.TotalSeconds))} 秒后重试。") : "请稍后重试。";
}

/// <summary>The problems that the pages say in Chinese. A code that is not here keeps the service's English detail.</summary>
internal static class ProblemWords
{
    public static readonly IReadOnlyDictionary<string, ProblemText> ByCode = new Dictionary<string, ProblemText>(StringComparer.Ordinal)
    {
        [ProblemCode.RequestInvalid] = new("填写的内容有误，请修改后重试", HasFacts: true),
        [ProblemCode.CursorInvalid] = new("列表已失效，请重新加载页面"),
        [ProblemCode.BodyTooLarge] = new("发送的内容过大", HasFacts: true),
        [ProblemCode.BodyTooSlow] = new("上传超时，请检查网络后重试"),
        [ProblemCode.ConditionFailed] = new("内容已被他人修改，请刷新后重新修改"),

        [ProblemCode.TokenInvalid] = new("登录已失效，或密钥已停用、过期或删除，请重新登录"),
        [ProblemCode.TooManyTries] = new("错误的 TOKEN 或密钥次数过多", Passes: true),
        [ProblemCode.KeyForbidden] = new("当前密钥没有这项权限", HasFacts: true),
        [ProblemCode.RateExceeded] = new("调用次数超出密钥的速率限制", Passes: true),
        [ProblemCode.QuotaReached] = new("图片数已达上限，请删除一些图片或调大上限", HasFacts: true),
        [ProblemCode.TableLimitReached] = new("表的数量已达上限，请删除一些表或调大上限", HasFacts: true),
        [ProblemCode.KeyNotFound] = new("密钥不存在，可能已被删除"),
        [ProblemCode.TokenNotSet] = new("服务没有设置 TOKEN，不能使用密钥，请设置后重新启动服务"),

        [ProblemCode.PictureTypeUnknown] = new("文件不是支持的图片格式，请使用 JPEG、PNG、WebP 或 GIF"),
        [ProblemCode.PictureTooLarge] = new("图片像素过多，请缩小后重试", HasFacts: true),
        [ProblemCode.PictureTooLargeToDecodeWhole] = new("解码这张图片所需的内存过多，请缩小，或另存为基线（非渐进式）JPEG", HasFacts: true),
        [ProblemCode.PictureSideTooLong] = new("图片过宽或过高，请缩小后重试", HasFacts: true),
        [ProblemCode.PictureTruncated] = new("图片文件不完整，请重新上传完整的文件"),
        [ProblemCode.PictureCorrupt] = new("图片文件已损坏，请重新保存后再试"),
        [ProblemCode.PictureHasNoVector] = new("模型无法为这张图片生成向量，请换一张"),
        [ProblemCode.PictureTooCostly] = new("解码这张图片耗时过长，请缩小或换一张"),
        [ProblemCode.PictureNotKept] = new("没有保留这张图片的文件"),
        [ProblemCode.UrlInvalid] = new("网址无效，请输入以 http:// 或 https:// 开头的图片网址"),
        [ProblemCode.UrlForbidden] = new("不允许访问这个网址，请使用公网地址，或在设置 FETCH_ALLOW 中加入该主机", HasFacts: true),
        [ProblemCode.UrlUnreachable] = new("无法从网址读取图片", HasFacts: true),
        [ProblemCode.UrlTooLarge] = new("网址上的文件过大", HasFacts: true),
        [ProblemCode.UrlTimeout] = new("网址没有及时响应，请重试或直接上传图片"),
        [ProblemCode.PathDenied] = new("服务器上没有这个文件或文件夹，或它不在设置 IMAGE_ROOTS 之内", HasFacts: true),

        [ProblemCode.TableNameInvalid] = new("表名无效：以字母或下划线开头，只含字母、数字和下划线，最长 48 个字符"),
        [ProblemCode.TableNotFound] = new("表不存在，可能已被删除"),
        [ProblemCode.TableDropped] = new("操作期间表被删除"),
        [ProblemCode.ModelMismatch] = new("表使用的是另一个模型", HasFacts: true),
        [ProblemCode.ReembedNotFound] = new("这个表没有正在进行的模型更换"),
        [ProblemCode.ReembedRunning] = new("正在更换这个表的模型，请等它完成，或先取消"),

        [ProblemCode.ItemNotFound] = new("图片不存在，可能已被删除"),
        [ProblemCode.IdNotFound] = new("图片不存在，可能已被删除"),
        [ProblemCode.ItemExists] = new("键已存在，请换一个键，或选择替换、保留原图片"),
        [ProblemCode.DuplicatePicture] = new("表中已有相同或几乎相同的图片", HasFacts: true),
        [ProblemCode.FilterInvalid] = new("过滤条件有误", HasFacts: true),
        [ProblemCode.DuplicatesNotFound] = new("没有可用的查找结果，请重新查找"),
        [ProblemCode.ImportNotFound] = new("导入任务不存在，或不再接收图片"),

        [ProblemCode.BackupNotFound] = new("备份不存在，可能已被删除"),
        [ProblemCode.BackupUnavailable] = new("服务无法备份", HasFacts: true),
        [ProblemCode.BackupExists] = new("已有同名的备份，请换一个名称"),
        [ProblemCode.BackupRunning] = new("另一个备份正在进行，请等它完成，或先取消"),

        [ProblemCode.Internal] = new("服务内部出错，原因见服务日志"),
        [ProblemCode.Busy] = new("服务繁忙", HasFacts: true, Passes: true),
        [ProblemCode.CatalogUnavailable] = new("数据库或对象存储不可用", HasFacts: true, Passes: true),
        [ProblemCode.VectorStoreUnavailable] = new("向量库不可用", HasFacts: true, Passes: true),
    };
}
