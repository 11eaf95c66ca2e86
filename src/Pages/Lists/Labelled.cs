namespace ImageSearch.Pages.Lists;

/// <summary>Attributes of a table that name it for screen readers.</summary>
internal static class Labelled
{
    public static Dictionary<string, object?> By(string label) => new() { ["aria-label"] = label };
}
