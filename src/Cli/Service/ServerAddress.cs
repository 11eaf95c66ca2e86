using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Service;

/// <summary>The address of a service.</summary>
internal static class ServerAddress
{
    /// <summary>Where a service listens without settings.</summary>
    public const string Default = "http://127.0.0.1:5000";

    /// <summary>The format of an option.</summary>
    public static ValueFormat<string> Format { get; } = ValueFormats.Matching(
        text => Parse(text) is not null, $"the address of a service, such as {Default}");

    /// <summary>The address; null if the text is none. Paths of calls are below it.</summary>
    public static Uri? Parse(string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            ? uri
            : null;
}
