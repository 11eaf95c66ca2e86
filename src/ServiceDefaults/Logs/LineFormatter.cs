using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace ImageSearch.ServiceDefaults.Logs;

/// <summary>
/// Formats an event for the console like Microsoft's simple formatter on a single line, and escapes the text of the event.
/// </summary>
/// <param name="options">Time stamp and scopes.</param>
public sealed class LineFormatter(IOptionsMonitor<SimpleConsoleFormatterOptions> options) : ConsoleFormatter(FormatterName)
{
    /// <summary>The formatter's name in the console options.</summary>
    public const string FormatterName = "line";

    private const int MaxScopeBytes = 1024;

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        if (message is null && logEntry.Exception is null) return;
        var current = options.CurrentValue;
        var line = new StringBuilder();
        if (current.TimestampFormat is { } format) line.Append(Now(current.UseUtcTimestamp).ToString(format, CultureInfo.InvariantCulture));
        line.Append(Level(logEntry.LogLevel)).Append(": ").AppendEscaped(logEntry.Category, MaxScopeBytes).Append('[').Append(logEntry.EventId.Id).Append(']');
        if (current.IncludeScopes && scopeProvider is not null) AppendScopes(line, scopeProvider);
        line.Append(' ').AppendEscaped(message);
        if (logEntry.Exception is { } exception) line.Append(' ').AppendEscaped(exception.ToString());
        textWriter.Write(line.Append('\n').ToString());
    }

    private static DateTimeOffset Now(bool utc) => utc ? TimeProvider.System.GetUtcNow() : TimeProvider.System.GetLocalNow();

    private static void AppendScopes(StringBuilder line, IExternalScopeProvider scopes)
    {
        var text = new StringBuilder();
        scopes.ForEachScope(static (scope, text) => text.Append(" => ").Append(scope), text);
        line.AppendEscaped(text.ToString(), MaxScopeBytes);
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
