namespace ImageSearch.ServiceDefaults.Settings;

/// <summary>Declares a setting that is one of the names of an enum, in upper or lower case.</summary>
/// <typeparam name="T">The enum.</typeparam>
/// <param name="name">Name in the environment, on the command line and in appsettings.json.</param>
/// <param name="defaultValue">Value if it is not set.</param>
/// <param name="meaning">What the setting does, in one sentence.</param>
public sealed class EnumSetting<T>(string name, T defaultValue, string meaning) : Setting(name, meaning)
    where T : struct, Enum
{
    /// <summary>Value if it is not set.</summary>
    public T Default { get; } = defaultValue;

    /// <summary>Describes a default that depends on other settings; null if the value itself is shown.</summary>
    public string? DefaultDescription { get; init; }

    /// <inheritdoc/>
    public override string DefaultText => DefaultDescription ?? $"`{Default}`";

    /// <inheritdoc/>
    public override string RangeText => string.Join(", ", Enum.GetNames<T>().Select(value => $"`{value}`"));

    /// <inheritdoc/>
    public override string Bound => "one of " + string.Join(", ", Enum.GetNames<T>());
}

/// <summary>Declares a setting that is one of some words, in exactly their spelling. The first one is the default.</summary>
/// <param name="name">Name in the environment, on the command line and in appsettings.json.</param>
/// <param name="words">The words.</param>
/// <param name="meaning">What the setting does, in one sentence.</param>
public sealed class WordSetting(string name, IReadOnlyList<string> words, string meaning) : Setting(name, meaning)
{
    /// <summary>The accepted words.</summary>
    public IReadOnlyList<string> Words { get; } = words;

    /// <inheritdoc/>
    public override string DefaultText => $"`{Words[0]}`";

    /// <inheritdoc/>
    public override string RangeText => string.Join(", ", Words.Select(word => $"`{word}`"));

    /// <inheritdoc/>
    public override string Bound => "one of " + string.Join(", ", Words);
}
