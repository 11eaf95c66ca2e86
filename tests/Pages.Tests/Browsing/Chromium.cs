namespace ImageSearch.Pages.Tests.Browsing;

/// <summary>The browser of the tests: Debian's package chromium, or what CHROMIUM names.</summary>
internal static class Chromium
{
    public const string Missing = "needs Chromium: install the package chromium, or name the program in CHROMIUM";

    /// <summary>The program; null if there is none.</summary>
    public static string? Path { get; } =
        new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
            .FirstOrDefault(File.Exists);

    /// <summary>It talks to nobody but the service.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];
}

/// <summary>A test that needs a browser. Without one it is skipped, but fails where SERVICES_REQUIRED is set.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = BrowserRequirement.Skip;
}

/// <summary>A test that needs a browser, for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = BrowserRequirement.Skip;
}

internal static class BrowserRequirement
{
    public static string? Skip => Chromium.Path is null && Environment.GetEnvironmentVariable("SERVICES_REQUIRED") is null ? Chromium.Missing : null;
}
