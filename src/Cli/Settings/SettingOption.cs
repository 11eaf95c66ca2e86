using System.CommandLine;

namespace ImageSearch.Cli.Settings;

/// <summary>
/// An option whose value comes from the command line, otherwise from a variable of the environment, otherwise from its default.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class SettingOption<T>
{
    /// <param name="name">The name of the option.</param>
    /// <param name="variable">The variable; null if only the command line sets the value.</param>
    /// <param name="format">The format of both.</param>
    /// <param name="defaultValue">The default.</param>
    /// <param name="description">The help text. The variable and the default are appended.</param>
    /// <param name="defaultDescription">The default in the help text; null to show the value.</param>
    public SettingOption(
        string name, string? variable, ValueFormat<T> format, T? defaultValue, string description, string? defaultDescription = null)
    {
        (Variable, Format, Default) = (variable, format, defaultValue);
        var text = $"{description}{DescribeDefault(variable, defaultDescription ?? defaultValue?.ToString())}";

        // A flag needs no value on the command line.
        Option = typeof(T) == typeof(bool) ? new Option<bool>(name) { Description = text } : new Option<string>(name) { Description = text };
    }

    public Option Option { get; }

    public string? Variable { get; }

    public ValueFormat<T> Format { get; }

    public T? Default { get; }

    private static string DescribeDefault(string? variable, string? value) => (variable, value) switch
    {
        (null, null or "") => "",
        (null, _) => $" Default: {value}.",
        (_, null or "") => $" Default: the variable {variable}.",
        _ => $" Default: the variable {variable}, or {value}.",
    };
}
