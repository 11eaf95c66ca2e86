using System.CommandLine;
using System.Globalization;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Tables;
using ImageSearch.Client.Keys;

namespace ImageSearch.Cli.Keys;

/// <summary>What a key may do.</summary>
internal sealed class KeyOptions
{
    private const string None = "none";

    private readonly Option<string?> _name = new("--name") { Description = "What you call the key." };
    private readonly Option<string[]> _scopes;
    private readonly Option<string[]> _tables;
    private readonly Option<string?> _rate = new("--calls-per-second") { Description = "Calls per second in the long run, 0.01 to 100000." };
    private readonly Option<string?> _burst = new("--burst") { Description = "Calls that may come at once." };
    private readonly Option<string?> _maxRows = new("--max-rows") { Description = "Rows in all tables of the key." };
    private readonly Option<string?> _maxTables = new("--max-tables") { Description = "Tables of the key, 0 to 1000." };
    private readonly Option<string?> _expires = new("--expires") { Description = "When the key ends, such as 2027-01-31T00:00:00Z." };
    private readonly Option<bool?> _disabled = new("--disabled") { Description = "true refuses the key as long as it is not set to false again." };
    private readonly bool _isNew;

    public KeyOptions(bool isNew)
    {
        _isNew = isNew;
        _scopes = new Option<string[]>("--scope") { Description = $"What it may do: {ServiceWord.All<Client.Keys.KeyScope>()}. Give the option several times.", Required = isNew };
        _tables = new Option<string[]>("--tables") { Description = "A table, or a prefix and *, such as shop1_*. Give the option several times.", Required = isNew };
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _scopes, _tables, _rate, _burst, _maxRows, _maxTables, _expires }) command.Add(option);
        if (_isNew) return;
        command.Add(_name);
        command.Add(_disabled);
    }

    /// <exception cref="CommandException">A value is not one of its option.</exception>
    public NewApiKey ReadNew(ParseResult parsed, string name) => new(name, Scopes(parsed) ?? [], parsed.GetValue(_tables) ?? [])
    {
        CallsPerSecond = Double(parsed, _rate),
        Burst = Int(parsed, _burst),
        MaxRows = Long(parsed, _maxRows),
        MaxTables = Int(parsed, _maxTables),
        Expires = Date(parsed, _expires),
    };

    /// <exception cref="CommandException">A value is not one of its option.</exception>
    public ApiKeyChanges ReadChanges(ParseResult parsed) => new()
    {
        Name = parsed.GetValue(_name),
        Scopes = Scopes(parsed),
        Tables = parsed.GetValue(_tables) is { Length: > 0 } tables ? tables : null,
        CallsPerSecond = IsGiven(parsed, _rate) ? Double(parsed, _rate) : default(Client.Tables.Optional<double?>),
        Burst = IsGiven(parsed, _burst) ? Int(parsed, _burst) : default(Client.Tables.Optional<int?>),
        MaxRows = IsGiven(parsed, _maxRows) ? Long(parsed, _maxRows) : default(Client.Tables.Optional<long?>),
        MaxTables = IsGiven(parsed, _maxTables) ? Int(parsed, _maxTables) : default(Client.Tables.Optional<int?>),
        Expires = IsGiven(parsed, _expires) ? Date(parsed, _expires) : default(Client.Tables.Optional<DateTimeOffset?>),
        Disabled = parsed.GetValue(_disabled),
    };

    private List<Client.Keys.KeyScope>? Scopes(ParseResult parsed)
    {
        if (parsed.GetValue(_scopes) is not { Length: > 0 } words) return null;
        var format = ServiceWord.Format<Client.Keys.KeyScope>();
        var scopes = new List<Client.Keys.KeyScope>();
        foreach (var word in words)
        {
            var scope = format.Parse(word);
            if (scope.Error is not null) throw new CommandException($"--scope is \"{word}\", but {scope.Error}");
            scopes.Add(scope.Value);
        }

        return scopes;
    }

    private static bool IsGiven(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not null;

    private static double? Double(ParseResult parsed, Option<string?> option) => Value<double>(
        parsed, option, "a number", text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null);

    private static long? Long(ParseResult parsed, Option<string?> option) => Value<long>(
        parsed, option, "a whole number", text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null);

    private static int? Int(ParseResult parsed, Option<string?> option) => Value<int>(
        parsed, option, "a whole number", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null);

    private static DateTimeOffset? Date(ParseResult parsed, Option<string?> option) => Value<DateTimeOffset>(
        parsed, option, "a date such as 2027-01-31T00:00:00Z",
        text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value : null);

    private static T? Value<T>(ParseResult parsed, Option<string?> option, string bound, Func<string, T?> parse)
        where T : struct
    {
        if (parsed.GetValue(option) is not { } text || text == None) return null;
        return parse(text) ?? throw new CommandException($"{option.Name} is \"{text}\", but must be {bound}, or {None} for no limit");
    }
}
