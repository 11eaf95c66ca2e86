namespace ImageSearch.Silo.Settings;

/// <summary>Host names in settings.</summary>
internal static class HostName
{
    /// <summary>Whether a text is a host name or an IP address; with a port it is neither.</summary>
    public static bool IsValid(string text) => Uri.CheckHostName(text) != UriHostNameType.Unknown;
}
