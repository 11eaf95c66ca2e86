using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Tests.Browsing;

/// <summary>How a person looks at the pages.</summary>
/// <param name="Width">The width of the window in CSS pixels.</param>
/// <param name="Language">The browser's language.</param>
public sealed record Screen(int Width, Language Language)
{
    public static readonly Screen Desktop = new(1280, Language.English);
    public static readonly Screen ChineseDesktop = new(1280, Language.Chinese);
    public static readonly Screen Phone = new(390, Language.English);
    public static readonly Screen ChinesePhone = new(390, Language.Chinese);

    /// <summary>Every test of a task runs on all of them.</summary>
    public static TheoryData<Screen> All => [Desktop, ChineseDesktop, Phone, ChinesePhone];

    public int Height => Width < 600 ? 844 : 900;
}
