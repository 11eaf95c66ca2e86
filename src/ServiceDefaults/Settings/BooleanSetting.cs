namespace ImageSearch.ServiceDefaults.Settings;

/// <summary>Declares a setting that is true or false.</summary>
/// <param name="name">Name in the environment, on the command line and in appsettings.json.</param>
/// <param name="defaultValue">Value if it is not set.</param>
/// <param name="meaning">What the setting does, in one sentence.</param>
public sealed class BooleanSetting(string name, bool defaultValue, string meaning) : Setting(name, meaning)
{
    /// <summary>Value if it is not set.</summary>
    public bool Default { get; } = defaultValue;

    /// <inheritdoc/>
    public override string DefaultText => Default ? "`true`" : "`false`";

    /// <inheritdoc/>
    public override string RangeText => "Boolean";

    /// <inheritdoc/>
    public override string Bound => "true or false";
}
