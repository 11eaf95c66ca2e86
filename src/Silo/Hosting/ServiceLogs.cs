using System.Runtime.CompilerServices;
using NLog.Config;
using NLog.Extensions.Logging;
using NLog.Targets;

namespace ImageSearch.Silo;

/// <summary>Logs go to the console, and to files of a day each where the setting <c>logs_num</c> keeps some.</summary>
internal static class ServiceLogs
{
    /// <summary>The same destinations for the engine, which is opened before the host is built.</summary>
    public static ILoggerFactory ForEngine(IConfiguration configuration, EngineSettings settings) =>
        LoggerFactory.Create(
            logging =>
            {
                logging.AddConfiguration(configuration.GetSection("Logging"));
                logging.AddConsole();
                logging.AddLogFiles(settings);
            });

    public static void AddLogFiles(this ILoggingBuilder logging, EngineSettings settings)
    {
        if (settings.LogFiles > 0) AddFiles(logging, settings);
    }

    // Apart, so that a service without log files does not load NLog at its start.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddFiles(ILoggingBuilder logging, EngineSettings settings)
    {
        var files = new FileTarget("files")
        {
            FileName = Path.Combine(settings.DataPath, "logs", "imagesearch.log"),
            Layout = "${longdate:universalTime=true}Z ${level:uppercase=true} ${logger} ${message:withexception=true}",
            ArchiveEvery = FileArchivePeriod.Day,
            MaxArchiveFiles = settings.LogFiles - 1,
        };
        var rules = new LoggingConfiguration();
        rules.AddRuleForAllLevels(files);
        logging.AddNLog(rules);
    }
}
