namespace ImageSearch.ServiceDefaults.Settings;

/// <summary>Declares a setting that is text: a name, a folder, a URL, a list.</summary>
/// <param name="name">Name in the environment, on the command line and in appsettings.json.</param>
/// <param name="format">The accepted values as docs/configuration.md shows them.</param>
/// <param name="meaning">What the setting does, in one sentence.</param>
public abstract class FormattedSetting(string name, string format, string meaning) : Setting(name, meaning)
{
    private readonly string? _bound;

    /// <summary>Whether a value is accepted; null if every value is, or if the settings that use it check it.</summary>
    public Predicate<string>? Accepts { get; init; }

    /// <summary>Describes a default that depends on the machine; null if the value itself is shown.</summary>
    public string? DefaultDescription { get; init; }

    /// <inheritdoc/>
    public override string RangeText => format;

    /// <inheritdoc/>
    public override string Bound => _bound ?? format;

    /// <summary>The accepted values as errors show them, if they differ from the documentation.</summary>
    public string ErrorBound
    {
        init => _bound = value;
    }
}

/// <summary>Declares a setting that is text and has a default.</summary>
/// <param name="name">Name in the environment, on the command line and in appsettings.json.</param>
/// <param name="defaultValue">Value if it is not set.</param>
/// <param name="format">The accepted values as docs/configuration.md shows them.</param>
/// <param name="meaning">What the setting does, in one sentence.</param>
public sealed class TextSetting(string name, string defaultValue, string format, string meaning) : FormattedSetting(name, format, meaning)
{
    /// <summary>Value if it is not set.</summary>
    public string Default { get; } = defaultValue;

    /// <inheritdoc/>
    public override string DefaultText => DefaultDescription ?? $"`{Default}`";
}

/// <summary>Declares a setting that is text and has no default.</summary>
/// <param name="name">Name in the environment, on the command line and in appsettings.json.</param>
/// <param name="format">The accepted values as docs/configuration.md shows them.</param>
/// <param name="meaning">What the setting does, in one sentence.</param>
public sealed class OptionalTextSetting(string name, string format, string meaning) : FormattedSetting(name, format, meaning)
{
    /// <inheritdoc/>
    public override string DefaultText => DefaultDescription ?? "";
}
