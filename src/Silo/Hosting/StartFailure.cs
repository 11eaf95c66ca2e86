using System.Net.Sockets;
using System.Text.RegularExpressions;
using ImageSearch.Embedding.Models;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Silo.Hosting;

/// <summary>Explains the failures to start that an operator can fix, without a stack trace.</summary>
public static partial class StartFailure
{
    // Orleans can't tell a silo that is not up yet that a call which waits for it is cancelled.
    private static readonly (string Category, LogLevel Least)[] HiddenUntilStarted =
    [
        ("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Information),
        ("Orleans.Runtime.GrainCallCancellationManager", LogLevel.Warning),
        ("Orleans.Runtime.Messaging.MessageCenter", LogLevel.Warning),
    ];

    /// <summary>The explanation of an exception; null for every other failure.</summary>
    /// <param name="exception">The exception that ended the start.</param>
    /// <param name="otherPorts">How to choose other ports.</param>
    public static string? Explain(Exception exception, string otherPorts) => exception switch
    {
        SettingsException or ModelException or CatalogException => exception.Message,
        IOException when AddressInUse().Match(exception.Message) is { Success: true } match =>
            $"port {match.Groups["port"].Value} is already taken by another program (on macOS by AirPlay): stop that program, or {otherPorts}",
        _ when IsAddressInUse(exception) =>
            "a port of the silo (SILO_PORT, GATEWAY_PORT) is already taken by another program: stop that program, or choose other ports with these settings",
        _ => null,
    };

    /// <summary>
    /// Hides the stack traces that are logged when a start fails. The exception itself reaches the end of the program, where
    /// <see cref="Explain"/> handles it.
    /// </summary>
    public static void AddStartFailures(this IServiceCollection services) =>
        services.AddOptions<LoggerFilterOptions>().Configure<IServiceProvider>(
            (filters, provider) =>
            {
                foreach (var (category, least) in HiddenUntilStarted)
                {
                    filters.AddFilter(
                        category,
                        level => level >= least
                            && provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested);
                }
            });

    private static bool IsAddressInUse(Exception? exception) =>
        exception is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
        || (exception is not null && IsAddressInUse(exception.InnerException))
        || (exception is AggregateException aggregate && aggregate.InnerExceptions.Any(IsAddressInUse));

    [GeneratedRegex(@"https?://[^\s]+:(?<port>\d+): address already in use", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AddressInUse();
}
