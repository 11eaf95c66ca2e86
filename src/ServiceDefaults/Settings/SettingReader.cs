using System.Globalization;

namespace ImageSearch.ServiceDefaults.Settings;

/// <summary>
/// Reads settings from the configuration by their declarations. It collects all errors, so that the service reports them together: the
/// setting, its value and the bound.
/// </summary>
/// <param name="configuration">The command line, the environment and appsettings.json.</param>
public sealed class SettingReader(IConfiguration configuration)
{
    private readonly List<string> _errors = [];

    /// <summary>The errors so far, one sentence each.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Whether the setting has a value; blank text is none.</summary>
    public bool IsSet(Setting setting) => Value(setting) is not null;

    /// <summary>Reads a text, which is returned even if it is not accepted: a later check must not take the setting for unset.</summary>
    public string Text(TextSetting setting) => CheckedText(setting) ?? setting.Default;

    /// <inheritdoc cref="Text(TextSetting)"/>
    public string? Text(OptionalTextSetting setting) => CheckedText(setting);

    /// <summary>Reads a number.</summary>
    public int Number(NumberSetting setting) => CheckedNumber(setting) ?? setting.Default;

    /// <inheritdoc cref="Number(NumberSetting)"/>
    public int? Number(OptionalNumberSetting setting) => CheckedNumber(setting);

    /// <summary>Reads a Boolean: true, yes, on or 1; false, no, off or 0.</summary>
    public bool Boolean(BooleanSetting setting)
    {
        switch (Value(setting)?.ToUpperInvariant())
        {
            case null: return setting.Default;
            case "1" or "TRUE" or "YES" or "ON": return true;
            case "0" or "FALSE" or "NO" or "OFF": return false;
            default:
                AddError(setting);
                return setting.Default;
        }
    }

    /// <summary>Reads the name of an enum's value. A number is an error: it would depend on the order of the names.</summary>
    public T Enum<T>(EnumSetting<T> setting)
        where T : struct, Enum
    {
        if (Value(setting) is not { } text) return setting.Default;
        if (System.Enum.TryParse<T>(text, ignoreCase: true, out var value) && System.Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])) return value;
        AddError(setting);
        return setting.Default;
    }

    /// <summary>Reads one of some words.</summary>
    public string Word(WordSetting setting)
    {
        if (Value(setting) is not { } text) return setting.Words[0];
        if (setting.Words.Contains(text)) return text;
        AddError(setting);
        return setting.Words[0];
    }

    /// <summary>Reads the name of a table.</summary>
    public TableName Table(TextSetting setting)
    {
        var text = Text(setting);
        if (TableName.Parse(text).TryGet(out var table, out var failure)) return table;
        AddError($"{setting.Name} is \"{text}\", but a {failure.Message}");
        return default;
    }

    /// <summary>Rejects each of the settings that is set: without another setting it has no effect, which would go unnoticed.</summary>
    /// <param name="settings">Settings that need the other one.</param>
    /// <param name="reason">What is missing and how to set it; an error reads "NAME is set, but {reason}, or unset NAME".</param>
    public void Reject(IEnumerable<Setting> settings, string reason)
    {
        foreach (var setting in settings.Where(IsSet))
        {
            if (!IsServiceLink(setting)) AddError($"{setting.Name} is set, but {reason}, or unset {setting.Name}");
        }
    }

    /// <summary>Adds the error of a value that is out of the setting's bound.</summary>
    public void AddError(Setting setting) => AddError(setting, Value(setting));

    /// <summary>Adds the error of a part of the setting's value, such as an entry of a list.</summary>
    public void AddError(Setting setting, string? value) => AddError($"{setting.Name} is \"{value}\", but must be {setting.Bound}");

    /// <summary>Adds an error in a sentence of its own, such as one about two settings.</summary>
    public void AddError(string error) => _errors.Add(error);

    /// <summary>Ends the reading.</summary>
    /// <exception cref="SettingsException">There are errors; the message has them all.</exception>
    public void ThrowIfErrors()
    {
        if (_errors.Count > 0) throw new SettingsException(_errors);
    }

    private string? Value(Setting setting) =>
        configuration[setting.Name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private string? CheckedText(FormattedSetting setting)
    {
        var text = Value(setting);
        if (text is not null && setting.Accepts is { } accepts && !accepts(text)) AddError(setting);
        return text;
    }

    private int? CheckedNumber(RangedSetting setting)
    {
        if (Value(setting) is not { } text || IsServiceLink(setting)) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= setting.Min && number <= setting.Max)
        {
            return number;
        }

        AddError(setting);
        return null;
    }

    // Adds an error that explains the value: the operator has not set it.
    private bool IsServiceLink(Setting setting)
    {
        if (setting is not PortSetting port || Value(port) is not { } text || !text.StartsWith("tcp://", StringComparison.OrdinalIgnoreCase)) return false;
        AddError(
            $"{port.Name} is \"{text}\": Kubernetes sets that in every pod beside a service called \"{port.ServiceLink}\", and it is not the port. "
            + $"Set enableServiceLinks: false in the pod's specification, or {port.Name} to the port, or rename that service");
        return true;
    }
}
