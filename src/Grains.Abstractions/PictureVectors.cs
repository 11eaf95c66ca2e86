namespace ImageSearch;

/// <summary>The vectors of one picture.</summary>
/// <param name="Model">The model that made them.</param>
/// <param name="Whole">The whole picture's vector: <see cref="ModelIdentity.Dimension"/> float32 values of unit length.</param>
/// <param name="MainObject">The vector of its main object; null if the picture has none or it was not requested.</param>
[GenerateSerializer, Immutable]
public sealed record PictureVectors(ModelIdentity Model, ReadOnlyMemory<float> Whole, ReadOnlyMemory<float>? MainObject = null)
{
    /// <summary>The vectors as a search takes them: one, or two if there is a main object.</summary>
    public IReadOnlyList<ReadOnlyMemory<float>> ToViews() => MainObject is { } mainObject ? [Whole, mainObject] : [Whole];

    /// <summary>
    /// Where the main object is; null if there is none, or if neither its vector nor <see cref="EmbeddingTarget.WantsBox"/> was requested.
    /// With a <see cref="EmbeddingTarget.Region"/> it is the main object of that part, in shares of the whole picture.
    /// </summary>
    [Id(3)]
    public MainObjectBox? Box { get; init; }

    /// <summary>Columns of the upright picture; 0 for vectors from the catalog.</summary>
    [Id(4)]
    public int Width { get; init; }

    /// <summary>Rows of the upright picture; 0 for vectors from the catalog.</summary>
    [Id(5)]
    public int Height { get; init; }

    /// <summary>What is to be kept of the picture; null for nothing.</summary>
    [Id(6)]
    public KeptPictures? Kept { get; init; }

    /// <summary>Adds a copy of the file where the original is kept.</summary>
    /// <param name="file">The picture's bytes.</param>
    public PictureVectors WithOriginal(ReadOnlyMemory<byte> file) =>
        Kept is { Original: { } original } kept ? this with { Kept = kept with { Original = original with { Bytes = file.ToArray() } } } : this;
}

/// <summary>Which views of a picture to embed.</summary>
[GenerateSerializer]
public enum PictureViews
{
    /// <summary>The whole picture.</summary>
    Whole,

    /// <summary>The whole picture and its main object, if it has one.</summary>
    WholeAndMainObject,

    /// <summary>
    /// What the model's manifest recommends for searches: the whole picture, and its main object if the model needs that to find a product
    /// in a scene.
    /// </summary>
    Recommended,
}
