using System.Globalization;

namespace ImageSearch.Cli.Settings;

/// <summary>The format of an option's value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Parse">Parses a text.</param>
internal sealed record ValueFormat<T>(Func<string, ParsedValue<T>> Parse);

/// <summary>A parsed value, or why the text is invalid.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Error">The end of a sentence that starts with the option and its value; null if the value is valid.</param>
internal readonly record struct ParsedValue<T>(T? Value, string? Error = null);

/// <summary>The formats that options use.</summary>
internal static class ValueFormats
{
    public static ValueFormat<string> Text { get; } = new(text => new(text));

    public static ValueFormat<int> Port { get; } = new(text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65_535
            ? new(port)
            : Invalid<int>("a whole number from 1 to 65535"));

    public static ValueFormat<bool> Boolean { get; } = new(text => text.ToUpperInvariant() switch
    {
        "1" or "TRUE" or "YES" or "ON" => new(true),
        "0" or "FALSE" or "NO" or "OFF" => new(false),
        _ => Invalid<bool>("true or false"),
    });

    /// <summary>The full path of a folder or file.</summary>
    public static ValueFormat<string> FullPath { get; } = new(text => new(Path.GetFullPath(text)));

    /// <summary>The name of a table, checked as the service checks it.</summary>
    public static ValueFormat<TableName> Table { get; } = new(text =>
        TableName.Parse(text).TryGet(out var table, out var failure) ? new(table) : new(default, $"a {failure.Message}"));

    /// <summary>The name of an enum's value, in upper or lower case.</summary>
    public static ValueFormat<T> Enum<T>()
        where T : struct, Enum =>
        new(text => System.Enum.TryParse<T>(text, ignoreCase: true, out var value) && System.Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])
            ? new(value)
            : Invalid<T>("one of " + string.Join(", ", System.Enum.GetNames<T>())));

    /// <summary>A text that must satisfy a condition.</summary>
    public static ValueFormat<string> Matching(Predicate<string> accepts, string bound) =>
        new(text => accepts(text) ? new(text) : Invalid<string>(bound));

    /// <summary>A value out of its bound.</summary>
    public static ParsedValue<T> Invalid<T>(string bound) => new(default, $"must be {bound}");
}
