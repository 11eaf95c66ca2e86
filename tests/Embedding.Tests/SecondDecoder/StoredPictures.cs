namespace ImageSearch.Embedding.Tests.SecondDecoder;

/// <summary>The golden pictures, the drawings for the tests and the samples of the README.</summary>
internal static class StoredPictures
{
    private static readonly string[] Folders = ["golden", "pictures", "samples"];

    private static readonly string[] Types = [".jpg", ".png", ".webp", ".gif", ".tif"];

    internal static IReadOnlyList<string> Names { get; } =
    [
        .. Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, folder)))
            // ImageSharp 2.1 decodes neither AVIF nor animated WebP.
            .Where(file => Types.Contains(Path.GetExtension(file)) && Path.GetFileName(file) != "animation.webp")
            .Select(file => Path.GetRelativePath(AppContext.BaseDirectory, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    internal static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name));
}
