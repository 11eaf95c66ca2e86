using System.CommandLine;
using System.CommandLine.Parsing;

namespace ImageSearch.Cli.Settings;

/// <summary>
/// Reads options and variables of a parsed command line and collects all errors. Validation and execution of a command use the same reader,
/// so a value that passes the validation is the value that the command uses.
/// </summary>
/// <param name="find">Finds an option on the command line; null if it is not there.</param>
internal sealed class OptionReader(Func<Option, OptionResult?> find)
{
    private readonly List<string> _errors = [];

    /// <summary>Reads a value for the execution of a command, after its validation.</summary>
    public static T Read<T>(ParseResult parsed, Func<OptionReader, T> read) => read(new OptionReader(parsed.GetResult));

    /// <summary>Validates a value together with the other arguments of a command.</summary>
    public static void Validate<T>(Command command, Func<OptionReader, T> read) => command.Validators.Add(result =>
    {
        var reader = new OptionReader(result.GetResult);
        read(reader);
        foreach (var error in reader._errors) result.AddError(error);
    });

    /// <summary>The value of an option: from the command line, otherwise from the variable, otherwise the default.</summary>
    public T? Value<T>(SettingOption<T> setting)
    {
        if (Text(setting) is not { } text) return setting.Default;
        var parsed = setting.Format.Parse(text);
        if (parsed.Error is null) return parsed.Value;
        AddError($"{NameOf(setting)} is \"{text}\", but {parsed.Error}");
        return setting.Default;
    }

    /// <summary>Whether the command line or the variable sets the option.</summary>
    public bool IsSet<T>(SettingOption<T> setting) => Text(setting) is not null;

    /// <summary>Whether the command line sets the option.</summary>
    public bool IsGiven<T>(SettingOption<T> setting) => Given(setting.Option) is not null;

    /// <summary>The name of the option or the variable that sets the value.</summary>
    public string NameOf<T>(SettingOption<T> setting) =>
        Given(setting.Option) is null && setting.Variable is { } variable && Variables.Read(variable) is not null ? variable : setting.Option.Name;

    /// <summary>Adds an error about several options.</summary>
    public void AddError(string error) => _errors.Add(error + ".");

    private string? Text<T>(SettingOption<T> setting) =>
        Given(setting.Option) ?? (setting.Variable is { } variable ? Variables.Read(variable) : null);

    // An option without a value is a flag.
    private string? Given(Option option) => find(option) switch
    {
        null or { Implicit: true } => null,
        { Tokens: [var token] } => token.Value,
        _ => option is Option<bool> ? "true" : null,
    };
}
