using System.Net.Sockets;
using System.Text.RegularExpressions;
using ImageSearch.Embedding.Models;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Silo.Hosting;

/// <summary>What keeps the service from starting and can be mended by whoever starts it, in a line each.</summary>
internal static partial class StartFailure
{
    /// <summary>The line for an exception, or null where it is no such failure.</summary>
    /// <param name="exception">What ended the start.</param>
    /// <param name="otherPorts">How to choose other ports.</param>
    public static string? Explain(Exception exception, string otherPorts) => exception switch
    {
        SettingsException or ModelException or CatalogException => exception.Message,
        IOException when AddressInUse().Match(exception.Message) is { Success: true } taken =>
            $"port {taken.Groups["port"].Value} is already taken by another program (on macOS by AirPlay): stop that program, or {otherPorts}",
        _ when IsTaken(exception) =>
            "a port of the silo (SILO_PORT, GATEWAY_PORT) is already taken by another program: stop that program, or choose other ports with these settings",
        _ => null,
    };

    private static bool IsTaken(Exception? exception) =>
        exception is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
        || (exception is not null && IsTaken(exception.InnerException))
        || (exception is AggregateException several && several.InnerExceptions.Any(IsTaken));

    /// <summary>
    /// Until the service has started, the host logs with a stack trace what it then throws. That goes to the program's end instead, which
    /// has <see cref="Explain"/> for it.
    /// </summary>
    public static void AddStartFailures(this IServiceCollection services) =>
        services.AddOptions<LoggerFilterOptions>().Configure<IServiceProvider>(
            (filters, provider) => filters.AddFilter(
                "Microsoft.Extensions.Hosting.Internal.Host",
                level => level >= LogLevel.Information
                    && provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested));

    [GeneratedRegex(@"https?://[^\s]+:(?<port>\d+): address already in use", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AddressInUse();
}
