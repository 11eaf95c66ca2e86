using System.CommandLine;
using ImageSearch.Cli.Profiles;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Settings;
using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch profile add|list|remove</c>.</summary>
internal static class ProfileCommand
{
    public static Command Create() => new("profile", "Keeps the addresses and tokens of services under names.") { Add(), List(), Remove() };

    private static Command Add()
    {
        var name = NameArgument();
        var server = new SettingOption<string>("--server", null, ServerAddress.Format, null, "The address of the service.");
        server.Option.Required = true;
        var token = new Option<bool>("--token-stdin") { Description = $"Read the token from the first line of standard input. Without it the token is that of the variable {Variables.Token}." };
        var isDefault = new Option<bool>("--default") { Description = "Use the profile when a command names no service. The first profile is used anyway." };
        var command = new Command("add", "Adds a profile, or replaces the one of the name.") { name, server.Option, token, isDefault };
        OptionReader.Validate(command, reader => reader.Value(server));
        command.SetAction(parsed => Change(parsed, set =>
        {
            var added = parsed.GetValue(name)!;
            set.Profiles[added] = new Profile
            {
                Server = OptionReader.Read(parsed, reader => reader.Value(server))!,
                Token = parsed.GetValue(token) ? Console.In.ReadLine()?.Trim() : Variables.Read(Variables.Token),
            };
            return set with { Default = set.Default is null || parsed.GetValue(isDefault) ? added : set.Default };
        }));
        return command;
    }

    private static Command Remove()
    {
        var name = NameArgument();
        var command = new Command("remove", "Removes a profile with its token.") { name };
        command.SetAction(parsed => Change(parsed, set =>
        {
            var removed = parsed.GetValue(name)!;
            if (!set.Profiles.Remove(removed)) throw new CommandException($"there is no profile {removed}");
            return set.Default == removed ? set with { Default = null } : set;
        }));
        return command;
    }

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object per line." };
        var command = new Command("list", "Lists the profiles, without their tokens.") { json };
        command.SetAction(parsed =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(json));
            if (!new ProfileFile().Read().TryGet(out var set, out var failure)) return Fail(output, failure.Message);
            var rows = new TextTable("profile", "server", "token", "default");
            foreach (var (name, profile) in set.Profiles)
            {
                if (output.AsJson) output.Json(new { Name = name, profile.Server, HasToken = profile.Token is not null, Default = name == set.Default });
                rows.Add(name, profile.Server, profile.Token is null ? "no" : "yes", name == set.Default ? "yes" : "");
            }

            if (!output.AsJson) rows.WriteTo(output);
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> NameArgument()
    {
        var name = new Argument<string>("name") { Description = "The name: letters, digits, - or _." };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !token.Value.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
                result.AddError($"The name of a profile is \"{token.Value}\", but must be letters, digits, - or _.");
        });
        return name;
    }

    private static int Change(ParseResult parsed, Func<ProfileSet, ProfileSet> change)
    {
        var output = new CommandOutput(parsed, asJson: false);
        var file = new ProfileFile();
        if (!file.Read().TryGet(out var set, out var failure)) return Fail(output, failure.Message);
        try
        {
            file.Write(change(set));
            output.Note($"written to {file.Path}");
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CommandException)
        {
            return Fail(output, e.Message);
        }
    }

    private static int Fail(CommandOutput output, string message)
    {
        output.Note($"imagesearch profile: {message}");
        return ExitCode.Failed;
    }
}
