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
/// Logs go to the console, and to daily files if <c>logs_num</c> is more than 0. Both get the events that <c>Logging:LogLevel</c> selects,
/// one per line.
/// </summary>
public static class ServiceLogs
{
    /// <summary>Creates loggers with the same destinations for the time before the host is built.</summary>
    /// <param name="configuration">The section Logging is used.</param>
    /// <param name="files">The log files.</param>
    public static ILoggerFactory ForStart(IConfiguration configuration, LogFileSettings files) =>
        LoggerFactory.Create(
            logging =>
            {
                logging.AddConfiguration(configuration.GetSection("Logging"));
                logging.AddConsole();
                logging.AddServiceLogs(files);
            });

    /// <summary>Adds the console format and the files.</summary>
    /// <param name="logging">The host's logging.</param>
    /// <param name="files">The log files.</param>
    public static void AddServiceLogs(this ILoggingBuilder logging, LogFileSettings files)
    {
        logging.AddConsoleFormatter<LineFormatter, SimpleConsoleFormatterOptions>();
        // The JSON formatter escapes; Microsoft's other formatters write control characters as they are.
        logging.Services.PostConfigure<ConsoleLoggerOptions>(
            console => console.FormatterName = console.FormatterName == ConsoleFormatterNames.Json ? ConsoleFormatterNames.Json : LineFormatter.FormatterName);
        logging.Services.PostConfigure<JsonConsoleFormatterOptions>(json => json.JsonWriterOptions = json.JsonWriterOptions with { Indented = false });
        if (files.Count > 0) AddFiles(logging, files);
    }

    // A method of its own: a service without log files must not load NLog at its start.
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
        // By default NLog removes the filter of Logging:LogLevel.
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
