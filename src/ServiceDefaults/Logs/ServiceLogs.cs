using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging.Console;
using NLog;
using NLog.Config;
using NLog.Extensions.Logging;
using NLog.Layouts;
using NLog.Targets;

namespace ImageSearch.ServiceDefaults.Logs;

/// <summary>
/// Logs go to the console, and to files of a day each where the setting <c>logs_num</c> keeps some. Both have the events that
/// <c>Logging:LogLevel</c> lets through, one a line.
/// </summary>
public static class ServiceLogs
{
    /// <summary>The same destinations for the engine, which is opened before the host is built.</summary>
    public static ILoggerFactory ForEngine(IConfiguration configuration, LogFileSettings files) =>
        LoggerFactory.Create(
            logging =>
            {
                logging.AddConfiguration(configuration.GetSection("Logging"));
                logging.AddConsole();
                logging.AddServiceLogs(files);
            });

    public static void AddServiceLogs(this ILoggingBuilder logging, LogFileSettings files)
    {
        logging.AddConsoleFormatter<LineFormatter, SimpleConsoleFormatterOptions>();
        // JSON escapes by itself; the other forms of Microsoft's let control characters through.
        logging.Services.PostConfigure<ConsoleLoggerOptions>(
            console => console.FormatterName = console.FormatterName == ConsoleFormatterNames.Json ? ConsoleFormatterNames.Json : LineFormatter.FormatterName);
        logging.Services.PostConfigure<JsonConsoleFormatterOptions>(json => json.JsonWriterOptions = json.JsonWriterOptions with { Indented = false });
        if (files.Count > 0) AddFiles(logging, files);
    }

    // Apart, so that a service without log files does not load NLog at its start.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddFiles(ILoggingBuilder logging, LogFileSettings files)
    {
        var target = new FileTarget("files")
        {
            FileName = Path.Combine(files.Folder, "imagesearch.log"),
            Layout = Layout.FromMethod(Line),
            ArchiveEvery = FileArchivePeriod.Day,
            MaxArchiveFiles = files.Count - 1,
        };
        var rules = new LoggingConfiguration();
        rules.AddRuleForAllLevels(target);
        // NLog takes the filter of Logging:LogLevel away unless it is told to leave it.
        logging.AddNLog(rules, new NLogProviderOptions { RemoveLoggerFactoryFilter = false });
    }

    private static string Line(LogEventInfo log)
    {
        var line = new StringBuilder()
            .Append(log.TimeStamp.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.ffff'Z'", CultureInfo.InvariantCulture))
            .Append(' ').Append(log.Level.Name.ToUpperInvariant())
            .Append(' ').AppendEscaped(log.LoggerName)
            .Append(' ').AppendEscaped(log.FormattedMessage);
        if (log.Exception is { } exception) line.Append(' ').AppendEscaped(exception.ToString());
        return line.ToString();
    }
}
