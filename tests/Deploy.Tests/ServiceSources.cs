using System.Text.RegularExpressions;

namespace ImageSearch.Deploy.Tests;

/// <summary>Facts from the sources of the service: the settings that it reads, the paths that it maps.</summary>
internal static partial class ServiceSources
{
    private static readonly string Code = string.Join('\n', Repository.Files("src", "*.cs").Select(Repository.Read));

    /// <summary>Variables that ASP.NET Core and ONNX Runtime read.</summary>
    private static readonly string[] OfLibraries = ["ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ORT_DISABLE_TELEMETRY"];

    /// <summary>The names of all settings that the service reads.</summary>
    public static IReadOnlySet<string> Settings { get; } =
        SettingNames().Matches(Code).Select(match => match.Groups["name"].Value).Concat(OfLibraries).ToHashSet(StringComparer.Ordinal);

    /// <summary>The paths of the health endpoints.</summary>
    public static IReadOnlySet<string> HealthPaths { get; } =
        HealthMaps().Matches(Code).Select(match => match.Groups["path"].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>The longest time that a front end takes to stop.</summary>
    public static int ShutdownSeconds { get; } =
        int.Parse(Shutdown().Match(Code).Groups["seconds"].Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The ports of the two documented APIs.</summary>
    public static IReadOnlyList<int> ApiPorts { get; } = Ports(DefaultUrls().Match(Code).Groups["urls"].Value);

    /// <summary>The port numbers of a list of addresses separated by semicolons.</summary>
    public static IReadOnlyList<int> Ports(string urls) =>
        [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(url => new Uri(url).Port).Order()];

    // The first argument of a declaration, an argument of a configuration's method, or an item of a list of names.
    [GeneratedRegex("""(?<=[\[(,=]\s*)"(?<name>[A-Z][A-Z0-9]*(_[A-Z0-9]+)+|TOKEN|ROLE|PROMETHEUS|logs_num)"(?=\s*[,)\];])""", RegexOptions.CultureInvariant)]
    private static partial Regex SettingNames();

    [GeneratedRegex("""MapHealthChecks\(\s*"(?<path>/[^"]*)"|MapGet\(\s*"(?<path>/health/[^"]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex HealthMaps();

    [GeneratedRegex(@"ShutdownPatience = TimeSpan\.FromSeconds\((?<seconds>[0-9]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Shutdown();

    [GeneratedRegex("""DefaultUrls = "(?<urls>[^"]+)";""", RegexOptions.CultureInvariant)]
    private static partial Regex DefaultUrls();
}
