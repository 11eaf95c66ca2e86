using System.Globalization;

namespace ImageSearch.ServiceDefaults.Settings;

/// <summary>Declares a setting that is a whole number.</summary>
/// <param name="name">Name in the environment, on the command line and in appsettings.json.</param>
/// <param name="min">Lowest accepted value.</param>
/// <param name="max">Highest accepted value.</param>
/// <param name="unit">Unit; null for plain numbers.</param>
/// <param name="meaning">What the setting does, in one sentence.</param>
public abstract class RangedSetting(string name, int min, int max, string? unit, string meaning) : Setting(name, meaning)
{
    /// <summary>Lowest accepted value.</summary>
    public int Min { get; } = min;

    /// <summary>Highest accepted value.</summary>
    public int Max { get; } = max;

    /// <inheritdoc/>
    public override string RangeText => $"{Grouped(Min)} to {Grouped(Max)}{(unit is null ? "" : " " + unit)}";

    /// <inheritdoc/>
    public override string Bound => string.Create(CultureInfo.InvariantCulture, $"a whole number from {Min} to {Max}");

    // Numbers of four digits are easy to read without a separator.
    private static string Grouped(int number) => number.ToString(number < 10_000 ? "D" : "N0", CultureInfo.InvariantCulture);
}

/// <summary>Declares a setting that is a whole number and has a default.</summary>
/// <param name="name">Name in the environment, on the command line and in appsettings.json.</param>
/// <param name="defaultValue">Value if it is not set.</param>
/// <param name="min">Lowest accepted value.</param>
/// <param name="max">Highest accepted value.</param>
/// <param name="unit">Unit; null for plain numbers.</param>
/// <param name="meaning">What the setting does, in one sentence.</param>
public class NumberSetting(string name, int defaultValue, int min, int max, string? unit, string meaning)
    : RangedSetting(name, min, max, unit, meaning)
{
    /// <summary>Value if it is not set.</summary>
    public int Default { get; } = defaultValue;

    /// <summary>Describes a default that depends on the machine; null if the number itself is shown.</summary>
    public string? DefaultDescription { get; init; }

    /// <inheritdoc/>
    public override string DefaultText => DefaultDescription ?? string.Create(CultureInfo.InvariantCulture, $"`{Default}`");
}

/// <summary>Declares a setting that is a whole number and has no default.</summary>
/// <param name="name">Name in the environment, on the command line and in appsettings.json.</param>
/// <param name="min">Lowest accepted value.</param>
/// <param name="max">Highest accepted value.</param>
/// <param name="unit">Unit; null for plain numbers.</param>
/// <param name="meaning">What the setting does, in one sentence.</param>
public sealed class OptionalNumberSetting(string name, int min, int max, string? unit, string meaning)
    : RangedSetting(name, min, max, unit, meaning)
{
    /// <summary>Describes a default that depends on other settings; null if there is none.</summary>
    public string? DefaultDescription { get; init; }

    /// <inheritdoc/>
    public override string DefaultText => DefaultDescription ?? "";
}

/// <summary>Declares a setting that is a TCP port.</summary>
/// <param name="name">Name in the environment, on the command line and in appsettings.json; ends in <c>_PORT</c>.</param>
/// <param name="defaultValue">Port if it is not set.</param>
/// <param name="meaning">What the setting does, in one sentence.</param>
public sealed class PortSetting(string name, int defaultValue, string meaning)
    : NumberSetting(name, defaultValue, min: 1, max: 65_535, unit: null, meaning)
{
    /// <summary>
    /// The Kubernetes service that sets an environment variable of this name in every pod: its service links give <c>X_PORT</c> a value
    /// such as <c>tcp://10.0.0.1:3306</c> for a service called x.
    /// </summary>
    internal string ServiceLink => Name[..^"_PORT".Length].ToLowerInvariant();
}
