using System.Globalization;
using System.Text.RegularExpressions;
using ImageSearch.Deploy.Tests.Docker;
using ImageSearch.Deploy.Tests.Yaml;
using YamlDotNet.RepresentationModel;

namespace ImageSearch.Deploy.Tests.Compose;

/// <summary>A service of a compose file.</summary>
internal sealed partial record ComposeService(string Name, YamlMappingNode Node)
{
    public ImageName Image => ImageName.Parse(Node.Text("image").ShouldNotBeNull($"{Name} has no image"));

    public bool IsOurs => Image.IsOurs;

    /// <summary>The stage of the Dockerfile that it is built from.</summary>
    public Stage Stage => Dockerfile.OfTheService[Node.Text("build", "target").ShouldNotBeNull()];

    /// <summary>The grace period in seconds; null if there is none.</summary>
    public int? GraceSeconds => Node.Text("stop_grace_period") is { } text ? Seconds(text) : null;

    public IReadOnlyList<Port> Ports => [.. Node.Texts("ports").Select(Port.Parse)];

    /// <summary>The mounts: volume or folder, and folder in the container.</summary>
    public IReadOnlyList<(string Source, string Target)> Mounts =>
        [.. Node.Texts("volumes").Select(mount => mount.Split(':')).Select(mount => (mount[0], mount[1]))];

    private static int Seconds(string duration) =>
        Parts().Matches(duration).Sum(part => int.Parse(part.Groups["n"].Value, CultureInfo.InvariantCulture) * (part.Groups["unit"].Value == "m" ? 60 : 1));

    [GeneratedRegex("(?<n>[0-9]+)(?<unit>[ms])", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();

    /// <summary>An opened port: address and port on the host, port in the container.</summary>
    internal sealed partial record Port(string Address, int Host, int Container)
    {
        public static Port Parse(string text)
        {
            var match = Pattern().Match(text);
            match.Success.ShouldBeTrue($"{text} is not ADDRESS:PORT:PORT");
            return new Port(
                match.Groups["address"].Value,
                int.Parse(match.Groups["host"].Value, CultureInfo.InvariantCulture),
                int.Parse(match.Groups["container"].Value, CultureInfo.InvariantCulture));
        }

        [GeneratedRegex(@"^(?<address>\$\{[^}]+\}|[0-9.]+):(?<host>[0-9]+):(?<container>[0-9]+)$", RegexOptions.CultureInvariant)]
        private static partial Regex Pattern();
    }
}
