using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Figures;

/// <summary>Texts of the page of figures.</summary>
internal static class FigureWords
{
    public static readonly Text Health = new("Health", "健康状态");
    public static readonly Text Healthy = new("Healthy", "正常");
    public static readonly Text Degraded = new("Degraded", "部分异常");
    public static readonly Text Unhealthy = new("Unhealthy", "异常");
    public static readonly Text Loading = new("{0}: the index is being loaded, {1} of {2} rows", "{0}：正在加载索引，{1} / {2} 行");
    public static readonly Text OfProcess = new("Figures of this process over the last hour.", "本进程最近一小时的数据。");
    public static readonly Text NoneYet = new("The first figures come ten seconds after the start.", "启动十秒后显示第一批数据。");

    public static readonly Text AddsPerSecond = new("Adds per second", "每秒添加");
    public static readonly Text SearchesPerSecond = new("Searches per second", "每秒搜索");
    public static readonly Text Rates = new("Adds and searches per second", "每秒添加和搜索");
    public static readonly Text SearchP50 = new("Search p50", "搜索 p50");
    public static readonly Text SearchP99 = new("Search p99", "搜索 p99");
    public static readonly Text P50ByStage = new("Search p50 by stage, ms", "各阶段搜索耗时 p50（毫秒）");
    public static readonly Text P99ByStage = new("Search p99 by stage, ms", "各阶段搜索耗时 p99（毫秒）");
    public static readonly Text Fetch = new("fetch", "获取");
    public static readonly Text Embed = new("embed", "向量化");
    public static readonly Text Filter = new("filter", "过滤");
    public static readonly Text Vectors = new("vectors", "向量检索");
    public static readonly Text Catalog = new("catalog", "读取目录");
    public static readonly Text All = new("all", "全程");
    public static readonly Text QueueAndRefused = new("Queue and refused calls", "排队与被拒绝的请求");
    public static readonly Text Queue = new("Pictures in the queue", "排队的图片");
    public static readonly Text Refused = new("Refused calls", "被拒绝的请求");
    public static readonly Text Memory = new("Memory, MB", "内存（MB）");
    public static readonly Text MemoryTile = new("Memory", "内存");
    public static readonly Text WorkingSet = new("Process", "进程");
    public static readonly Text Managed = new(".NET objects", ".NET 对象");
    public static readonly Text WaitingRows = new("Rows waiting for the index", "等待索引的行");
    public static readonly Text Disk = new("Disk, GB", "磁盘（GB）");
    public static readonly Text DiskUsed = new("Used", "已用");
    public static readonly Text DiskFree = new("Free", "可用");
    public static readonly Text DiskFreeTile = new("Free disk", "磁盘可用");

    public static readonly Text ChartLine = new("{0}: now {1}, highest {2}", "{0}：当前 {1}，最高 {2}");
    public static readonly Text NoValue = new("–", "–");
    public static readonly Text HourAgo = new("1 h ago", "1 小时前");
    public static readonly Text Now = new("now", "现在");
    public static readonly Text AsTable = new("Figures as a table", "以表格显示");
    public static readonly Text Time = new("Time", "时间");
}
