using System.Text.RegularExpressions;

namespace ImageSearch.Deploy.Tests;

/// <summary>What the sources of the service say: the settings that they read, the paths that they map.</summary>
internal static partial class ServiceSources
{
    private static readonly string Code = string.Join('\n', Repository.Files("src", "*.cs").Select(Repository.Read));

    /// <summary>Settings that ASP.NET and ONNX Runtime read.</summary>
    private static readonly string[] OfItsParts = ["ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ORT_DISABLE_TELEMETRY"];

    /// <summary>Every name that the service reads as a setting.</summary>
    public static IReadOnlySet<string> Settings { get; } =
        SettingNames().Matches(Code).Select(match => match.Groups["name"].Value).Concat(OfItsParts).ToHashSet(StringComparer.Ordinal);

    /// <summary>The paths at which the service tells its health.</summary>
    public static IReadOnlySet<string> HealthPaths { get; } =
        HealthMaps().Matches(Code).Select(match => match.Groups["path"].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>What a front end takes to stop at most.</summary>
    public static int ShutdownSeconds { get; } =
        int.Parse(Shutdown().Match(Code).Groups["seconds"].Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The ports of the two documented APIs.</summary>
    public static IReadOnlyList<int> ApiPorts { get; } = Ports(DefaultUrls().Match(Code).Groups["urls"].Value);

    /// <summary>The port numbers of a list of addresses separated by semicolons.</summary>
    public static IReadOnlyList<int> Ports(string urls) =>
        [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(url => new Uri(url).Port).Order()];

    // A name is read by a method of a reader or of the configuration, or stands in a list of names.
    [GeneratedRegex("""(?<=[\[(,=]\s*)"(?<name>[A-Z][A-Z0-9]*(_[A-Z0-9]+)+|TOKEN|ROLE|PROMETHEUS|logs_num)"(?=\s*[,)\];])""", RegexOptions.CultureInvariant)]
    private static partial Regex SettingNames();

    [GeneratedRegex("""MapHealthChecks\(\s*"(?<path>/[^"]*)"|MapGet\(\s*"(?<path>/health/[^"]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex HealthMaps();

    [GeneratedRegex(@"ShutdownPatience = TimeSpan\.FromSeconds\((?<seconds>[0-9]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Shutdown();

    [GeneratedRegex("""DefaultUrls = "(?<urls>[^"]+)";""", RegexOptions.CultureInvariant)]
    private static partial Regex DefaultUrls();
}
