using MudBlazor;

namespace ImageSearch.Pages.Dialogs;

/// <summary>How dialogs look.</summary>
internal static class DialogLook
{
    /// <summary>A dialog with many fields: what was typed is not lost by a click beside it.</summary>
    public static readonly DialogOptions Wide = new() { MaxWidth = MaxWidth.Medium, FullWidth = true, BackdropClick = false };

    /// <summary>A dialog with few fields.</summary>
    public static readonly DialogOptions Narrow = new() { MaxWidth = MaxWidth.Small, FullWidth = true, BackdropClick = false };
}
