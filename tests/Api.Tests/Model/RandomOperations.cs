namespace ImageSearch.Api.Tests.Model;

/// <summary>Random items.</summary>
internal static class RandomOperations
{
    public static readonly string[] Brands = ["acme", "Acme", "山", "o'hara \"x\""];
    public static readonly string[] Colors = ["red", "green", "blue", "红"];
    public static readonly string[] TagWords = ["sale", "new", "sal"];

    public static string Key(Random random) => $"k{random.Next(60)}";

    public static ModelItem Item(Random random, string key, int pictures) => new(
        key,
        random.Next(pictures),
        random.Next(3) == 0 ? null : $"p{random.Next(8)}",
        random.Next(3) == 0 ? null : string.Join(' ', TagWords.Where(_ => random.Next(2) == 0).DefaultIfEmpty("plain")),
        random.Next(4) == 0 ? null : random.Next(0, 40) / 2.0,
        random.Next(4) == 0 ? null : Brands[random.Next(Brands.Length)],
        random.Next(4) == 0 ? null : random.Next(2) == 0,
        random.Next(3) == 0 ? null : [.. Colors.Where(_ => random.Next(2) == 0).DefaultIfEmpty("none")]);
}
