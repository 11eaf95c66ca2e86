using MudBlazor;

namespace ImageSearch.Pages.Layout;

/// <summary>Colours and fonts. Only fonts that systems have: nothing is loaded from another site.</summary>
internal static class PagesTheme
{
    private static readonly string[] Fonts =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"];

    /// <summary>The theme, with contrasts of at least 4.5 : 1 in both modes.</summary>
    public static readonly MudTheme Theme = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1a5fb4",
            Secondary = "#a0390d",
            AppbarBackground = "#1c3a5e",
            Background = "#f6f7f9",
            TextSecondary = "#4a5560",
            Success = "#1d7a43",
            Error = "#b3261e",
            Info = "#1a5fb4",
            Warning = "#8a5a00",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8ab8ff",
            PrimaryContrastText = "#0b1a2e",
            Secondary = "#ffb595",
            SecondaryContrastText = "#2a0f02",
            AppbarBackground = "#15202e",
            Background = "#12161c",
            Surface = "#1b2129",
            TextSecondary = "#b6c0cb",
            ErrorContrastText = "#2a0500",
            Error = "#ff9b91",
            Success = "#7fd8a1",
            SuccessContrastText = "#04210f",
            Warning = "#ffcf70",
            WarningContrastText = "#2a1c00",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = ".95rem" },
            Button = new ButtonTypography { FontFamily = Fonts, TextTransform = "none" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
    };
}
