using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Profiles;

/// <summary>The folders of the user's own files, by the XDG rules; on Windows below the application data.</summary>
internal static class UserFolders
{
    private const string Program = "imagesearch";

    /// <summary>Settings of the user.</summary>
    public static string Config => Path.Combine(
        Variables.Read("XDG_CONFIG_HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        Program);

    /// <summary>What runs keep for the next one.</summary>
    public static string State => Path.Combine(Variables.Read("XDG_STATE_HOME") ?? DefaultState, Program);

    private static string DefaultState => OperatingSystem.IsWindows()
        ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
}
