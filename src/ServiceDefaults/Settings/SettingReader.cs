using System.Globalization;

namespace ImageSearch.ServiceDefaults.Settings;

/// <summary>
/// Reads settings by their documented names from the environment or appsettings.json and collects what is wrong with them, so that the
/// service names every mistake at once: the setting, its value and the bound.
/// </summary>
public sealed class SettingReader(IConfiguration configuration)
{
    private readonly List<string> _mistakes = [];

    public IReadOnlyList<string> Mistakes => _mistakes;

    public string? Text(string name) => configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    public int Number(string name, int fallback, int least, int most)
    {
        if (Text(name) is not { } text) return fallback;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Refuse(name, text, $"a whole number from {least} to {most}");
        return fallback;
    }

    public int Port(string name, int fallback) => RefuseServiceLink(name) ? fallback : Number(name, fallback, 1, 65_535);

    /// <summary>Explains a value such as <c>tcp://10.0.0.1:3306</c> of a setting that ends in <c>_PORT</c>; false where it is none.</summary>
    public bool RefuseServiceLink(string name)
    {
        if (Text(name) is not { } text || !text.StartsWith("tcp://", StringComparison.OrdinalIgnoreCase)) return false;
        Refuse(
            $"{name} is \"{text}\": Kubernetes sets that in every pod beside a service called \"{name[..^"_PORT".Length].ToLowerInvariant()}\", and it is "
            + $"not the port. Set enableServiceLinks: false in the pod's specification, or {name} to the port, or rename that service");
        return true;
    }

    public bool Switch(string name, bool fallback)
    {
        switch (Text(name)?.ToUpperInvariant())
        {
            case null: return fallback;
            case "1" or "TRUE" or "YES" or "ON": return true;
            case "0" or "FALSE" or "NO" or "OFF": return false;
            default:
                Refuse(name, Text(name)!, "true or false");
                return fallback;
        }
    }

    public T Choice<T>(string name, T fallback)
        where T : struct, Enum
    {
        if (Text(name) is not { } text) return fallback;
        if (Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice) && !char.IsAsciiDigit(text[0])) return choice;
        Refuse(name, text, "one of " + string.Join(", ", Enum.GetNames<T>()));
        return fallback;
    }

    public TableName Table(string name, string fallback)
    {
        var text = Text(name) ?? fallback;
        if (TableName.Parse(text).TryGet(out var table, out var failure)) return table;
        Refuse($"{name} is \"{text}\", but a {failure.Message}");
        return default;
    }

    public void Refuse(string name, string value, string bound) => _mistakes.Add($"{name} is \"{value}\", but must be {bound}");

    public void Refuse(string mistake) => _mistakes.Add(mistake);
}
