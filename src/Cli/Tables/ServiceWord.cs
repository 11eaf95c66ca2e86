using System.Text.Json;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Tables;

/// <summary>The words of the API for the values of an enum: <c>string_list</c>. The first value, Unknown, is none.</summary>
internal static class ServiceWord
{
    /// <summary>The word of a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>All words, for a help text.</summary>
    public static string All<T>()
        where T : struct, Enum =>
        string.Join(", ", Values<T>().Select(Of));

    /// <summary>The format of an option.</summary>
    public static ValueFormat<T> Format<T>()
        where T : struct, Enum =>
        new(text => Values<T>().Where(value => string.Equals(Of(value), text, StringComparison.OrdinalIgnoreCase)).Select(value => (T?)value).FirstOrDefault() is { } found
            ? new(found)
            : ValueFormats.Invalid<T>("one of " + All<T>()));

    private static IEnumerable<T> Values<T>()
        where T : struct, Enum =>
        Enum.GetValues<T>().Where(value => !value.Equals(default(T)));
}
