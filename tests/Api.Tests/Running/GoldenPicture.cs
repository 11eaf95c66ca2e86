namespace ImageSearch.Api.Tests.Running;

/// <summary>The pictures of tests/data/golden. Each shows something else unless its documentation says otherwise.</summary>
public static class GoldenPicture
{
    public static readonly byte[] Flag = Read("exact_0.png");
    public static readonly byte[] Bottle = Read("exact_1.png");
    public static readonly byte[] Arrow = Read("exact_2.png");
    public static readonly byte[] Router = Read("exact_3.png");
    public static readonly byte[] Wallpaper = Read("exact_4.png");
    public static readonly byte[] Computer = Read("decode_0.png");
    public static readonly byte[] Wrench = Read("decode_1.png");
    public static readonly byte[] Folder = Read("decode_4.webp");

    /// <summary>A photograph.</summary>
    public static readonly byte[] Wine = Read("decode_2.jpg");

    /// <summary>The drawing of <see cref="Bottle"/> in another size and format.</summary>
    public static readonly byte[] BottleAsJpeg = Read("decode_3.jpg");

    /// <summary>A drawing within a larger scene.</summary>
    public static readonly byte[] Scene = Read("scene_0.png");

    /// <summary>All drawings that differ from each other.</summary>
    public static readonly IReadOnlyList<byte[]> Different = [Flag, Bottle, Arrow, Router, Wallpaper, Computer, Wrench, Folder];

    public static string Base64(this byte[] picture) => Convert.ToBase64String(picture);

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "golden", name));
}
