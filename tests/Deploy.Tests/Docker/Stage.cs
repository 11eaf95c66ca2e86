using System.Text.Json;
using System.Text.RegularExpressions;

namespace ImageSearch.Deploy.Tests.Docker;

/// <summary>A stage of a Dockerfile with the stages that it is built on.</summary>
internal sealed partial record Stage(string Name, string Base, Stage? Parent, IReadOnlyList<Instruction> Own)
{
    /// <summary>All instructions of this stage, after those of the stages that it is built on.</summary>
    public IEnumerable<Instruction> All => (Parent?.All ?? []).Concat(Own);

    /// <summary>The user that the container runs as; null for root.</summary>
    public string? User => All.LastOrDefault(instruction => instruction.Name == "USER")?.Arguments;

    public IReadOnlySet<int> ExposedPorts =>
        All.Where(instruction => instruction.Name == "EXPOSE").SelectMany(instruction => instruction.Words)
            .Select(port => int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();

    /// <summary>The HTTP ports of its program: those of ASPNETCORE_URLS in a front end, HEALTH_PORT in a silo.</summary>
    public IReadOnlyList<int> HttpPorts =>
        Environment.TryGetValue("ASPNETCORE_URLS", out var urls)
            ? ServiceSources.Ports(urls)
            : [int.Parse(Environment["HEALTH_PORT"], System.Globalization.CultureInfo.InvariantCulture)];

    public IReadOnlyDictionary<string, string> Environment
    {
        get
        {
            var variables = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var instruction in All.Where(instruction => instruction.Name == "ENV"))
            {
                foreach (Match pair in Pairs().Matches(instruction.Arguments)) variables[pair.Groups["name"].Value] = pair.Groups["value"].Value.Trim('"');
            }

            return variables;
        }
    }

    /// <summary>The health check's program and arguments; empty if there is none.</summary>
    public IReadOnlyList<string> HealthCheck =>
        All.LastOrDefault(instruction => instruction.Name == "HEALTHCHECK") is { } check && check.Arguments.StartsWith("CMD ", StringComparison.Ordinal)
            ? JsonSerializer.Deserialize<List<string>>(check.Arguments[4..])!
            : [];

    /// <summary>The program that the container runs.</summary>
    public IReadOnlyList<string> EntryPoint =>
        JsonSerializer.Deserialize<List<string>>(All.Last(instruction => instruction.Name == "ENTRYPOINT").Arguments)!;

    [GeneratedRegex("""(?<name>\w+)=(?<value>"[^"]*"|\S*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Pairs();
}
