using System.Text.Json.Nodes;
using ImageSearch.Cli.Commands;

namespace ImageSearch.Cli.Tests;

/// <summary>Runs the program in this process.</summary>
internal static class Console
{
    public sealed record Ended(int Code, string Output, string Error)
    {
        public JsonNode Report => JsonNode.Parse(Output)!;

        public long Number(string field) => Report[field]!.GetValue<long>();

        /// <summary>The lines of the output.</summary>
        public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The folder of the user's files, which tests share and the user's own command line does not use.</summary>
    public static string Home { get; } = Directory.CreateTempSubdirectory("imagesearch-home-").FullName;

    static Console()
    {
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", Path.Combine(Home, "config"));
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", Path.Combine(Home, "state"));
    }

    public static Task<Ended> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    /// <summary>Runs the program until the token is Ctrl+C of the user.</summary>
    public static async Task<Ended> RunAsync(CancellationToken interrupt, params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var parsed = CommandLine.Create(TimeProvider.System).Parse(arguments);
        parsed.InvocationConfiguration.Output = output;
        parsed.InvocationConfiguration.Error = error;
        var code = await parsed.InvokeAsync(parsed.InvocationConfiguration, interrupt);
        return new Ended(code, output.ToString(), error.ToString());
    }
}
