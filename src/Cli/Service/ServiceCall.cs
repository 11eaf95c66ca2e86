using System.CommandLine;
using ImageSearch.Cli.Terminal;
using ImageSearch.Client;

namespace ImageSearch.Cli.Service;

/// <summary>A run of a command that calls a service.</summary>
/// <param name="Parsed">The command line.</param>
/// <param name="Connection">The service.</param>
/// <param name="Output">What the command prints.</param>
/// <param name="Time">The clock.</param>
internal sealed record ServiceCall(ParseResult Parsed, ServiceConnection Connection, CommandOutput Output, TimeProvider Time)
{
    public ImageSearchClient Client => Connection.Client;

    public T? Value<T>(Option<T> option) => Parsed.GetValue(option);
}
