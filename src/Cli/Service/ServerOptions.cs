using System.CommandLine;
using System.CommandLine.Parsing;
using ImageSearch.Cli.Profiles;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Service;

/// <summary>The options that choose a service.</summary>
internal sealed class ServerOptions
{
    private readonly SettingOption<string> _server = new(
        "--server", Variables.Server, ServerAddress.Format, null, "The address of the service.",
        $"that of the profile, or {ServerAddress.Default}");

    private readonly SettingOption<string> _token = new(
        "--token", Variables.Token, ValueFormats.Text, null,
        "The service's token or an API key. Process lists show options, but not variables and profiles.");

    private readonly SettingOption<string> _profile = new(
        "--profile", Variables.Profile, ValueFormats.Text, null, "The service by the name that \"imagesearch profile add\" gave it.");

    public void AddTo(Command command)
    {
        foreach (var option in new[] { _server.Option, _token.Option, _profile.Option }) command.Add(option);
        OptionReader.Validate(command, Check);
    }

    /// <summary>Whether the command line names a service.</summary>
    public bool IsGiven(ParseResult parsed) => OptionReader.Read(parsed, IsGiven);

    /// <summary>Whether the command line names a service.</summary>
    public bool IsGiven(OptionReader reader) => reader.IsGiven(_server) || reader.IsGiven(_profile);

    /// <summary>Whether the command line, the environment or a default profile names a service.</summary>
    public bool IsChosen(OptionReader reader) =>
        reader.IsSet(_server) || reader.IsSet(_profile)
        || (new ProfileFile().Read().TryGet(out var profiles, out _) && profiles.Default is not null);

    /// <summary>
    /// The service: --server, else --profile, else the variables, else the default profile, else a service of this machine. The token of a
    /// profile is sent to its server only.
    /// </summary>
    public Result<ServiceTarget> Read(ParseResult parsed) => OptionReader.Read(parsed, Resolve);

    /// <summary>The service that a command line chooses as far as it is typed; null if its command calls none.</summary>
    public static ServiceTarget? Find(ParseResult line)
    {
        var options = new ServerOptions();
        return line.CommandResult.Command.Options.Any(option => option.Name == options._server.Option.Name)
            ? options.Resolve(new OptionReader(option => line.GetResult(option.Name) as OptionResult)).Value
            : null;
    }

    private Result<ServiceTarget> Resolve(OptionReader reader)
    {
        var token = reader.Value(_token);
        var usesProfile = !reader.IsGiven(_server) && (reader.IsGiven(_profile) || !reader.IsSet(_server));
        if (!usesProfile) return new ServiceTarget(ServerAddress.Parse(reader.Value(_server)!)!, token, reader.NameOf(_server));
        if (!new ProfileFile().Read().TryGet(out var set, out var failure)) return failure;
        if ((reader.Value(_profile) ?? set.Default) is not { } name) return new ServiceTarget(new Uri(ServerAddress.Default + "/"), token, "--server");
        if (!set.Profiles.TryGetValue(name, out var profile))
            return new Failure(FailureCode.RequestInvalid, $"there is no profile {name}; \"imagesearch profile list\" shows all");
        if (ServerAddress.Parse(profile.Server) is not { } address)
            return new Failure(FailureCode.RequestInvalid, $"the server of profile {name} is not an address such as {ServerAddress.Default}; add the profile again");
        return new ServiceTarget(address, reader.IsGiven(_token) ? token : profile.Token ?? token, $"the profile {name}");
    }

    private bool Check(OptionReader reader)
    {
        if (reader.IsGiven(_server) && reader.IsGiven(_profile)) reader.AddError("--server and --profile both name a service: set one of them");
        return reader.Value(_server) is not null;
    }
}
