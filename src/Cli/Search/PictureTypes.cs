namespace ImageSearch.Cli.Search;

/// <summary>The types of pictures that a page may show.</summary>
internal static class PictureTypes
{
    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".png"] = "image/png",
        [".webp"] = "image/webp",
        [".gif"] = "image/gif",
    };

    /// <summary>The type by the name of a file; null for another one.</summary>
    public static string? OfFile(string path) => ByExtension.GetValueOrDefault(Path.GetExtension(path));

    /// <summary>Whether a page may show files of a type. SVG runs scripts.</summary>
    public static bool IsShown(string mediaType) => ByExtension.ContainsValue(mediaType);
}
