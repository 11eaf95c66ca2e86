namespace ImageSearch.ServiceDefaults.Settings;

/// <summary>
/// Declares a setting. The reader, its error messages and the tests of docs/configuration.md use the same declaration, so name, default
/// and range are written once.
/// </summary>
/// <param name="name">Name in the environment, on the command line and in appsettings.json.</param>
/// <param name="meaning">What the setting does, in one sentence.</param>
public abstract class Setting(string name, string meaning)
{
    /// <summary>Name in the environment, on the command line and in appsettings.json.</summary>
    public string Name { get; } = name;

    /// <summary>What the setting does, in one sentence.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>
    /// The default as docs/configuration.md shows it: a literal in backquotes, or words if it depends on the machine. Empty if the
    /// setting has no default.
    /// </summary>
    public abstract string DefaultText { get; }

    /// <summary>The accepted values as docs/configuration.md shows them.</summary>
    public abstract string RangeText { get; }

    /// <summary>The accepted values as an error shows them, after "must be".</summary>
    public abstract string Bound { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
