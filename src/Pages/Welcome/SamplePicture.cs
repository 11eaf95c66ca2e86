using ImageSearch.Client.Items;
using ImageSearch.Client.Tables;

namespace ImageSearch.Pages.Welcome;

/// <summary>A picture of the folder samples, with the fields of its item.</summary>
/// <param name="File">Its file.</param>
/// <param name="Key">The key of its item.</param>
/// <param name="ProductId">The product.</param>
/// <param name="Tags">Tags.</param>
/// <param name="Brief">A short text.</param>
/// <param name="Price">The value of the attribute price.</param>
internal sealed record SamplePicture(string File, string Key, string ProductId, string Tags, string Brief, double Price)
{
    /// <summary>The table of the samples.</summary>
    public const string Table = "sample_pictures";

    /// <summary>The picture of the first search: a photo that shows one of the samples in a scene.</summary>
    public const string Scene = "strawberry-in-a-scene.jpg";

    /// <summary>The pictures that are added.</summary>
    public static readonly IReadOnlyList<SamplePicture> All =
    [
        new("strawberry.jpg", "strawberry-1", "4711", "fruit,red", "Strawberries 草莓", 3.5),
        new("hamburger.jpg", "hamburger-1", "4712", "meal", "Hamburger 汉堡", 8),
        new("pizza.webp", "pizza-1", "4713", "meal,oven", "Pizza 披萨", 11.9),
    ];

    /// <summary>The attributes of the table.</summary>
    public static readonly IReadOnlyList<AttributeDefinition> Schema = [AttributeDefinition.Of("price", AttributeType.Number)];

    /// <summary>The names of all files.</summary>
    public static readonly IReadOnlySet<string> Files = All.Select(sample => sample.File).Append(Scene).ToHashSet();

    /// <summary>Where browsers find a file of the samples, relative to the pages.</summary>
    public static string AddressOf(string file) => $"{SampleEndpoints.Path}/{file}";

    /// <summary>Opens one of the <see cref="Files"/>.</summary>
    public static Stream Open(string file) =>
        typeof(SamplePicture).Assembly.GetManifestResourceStream($"samples/{file}") ?? throw new ArgumentException($"{file} is no sample", nameof(file));

    /// <summary>The item.</summary>
    /// <param name="picture">The content of the file, whose owner disposes it.</param>
    public NewItem ToItem(Stream picture) => new(Picture.FromStream(picture))
    {
        ProductId = ProductId,
        Tags = Tags,
        Brief = Brief,
        Attributes = new Dictionary<string, AttributeValue> { ["price"] = Price },
    };
}
