using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>Rows for tests, with vectors of four values.</summary>
internal static class Rows
{
    public static readonly ModelIdentity Model = new("test-net", "1", 4);

    /// <summary>A vector of unit length, which depends on the seed.</summary>
    public static float[] Vector(int seed, int dimension = 4)
    {
        var random = new Random(seed);
        var values = new float[dimension];
        for (var i = 0; i < dimension; i++)
        {
            values[i] = random.NextSingle() - 0.5f;
        }

        var length = MathF.Sqrt(values.Sum(value => value * value));
        return [.. values.Select(value => value / length)];
    }

    public static NewPicture Row(int seed = 1, string? key = null, string? tags = null, bool replace = false) =>
        new(new PictureVectors(Model, Vector(seed)), new PictureTexts(tags, Key: key), replace);

    public static NewPicture Row(PictureTexts texts, float[]? mainObject = null) =>
        new(new PictureVectors(Model, Vector(1), mainObject is null ? null : (ReadOnlyMemory<float>?)mainObject), texts);

    public static NewPicture Row(float[] vector) => new(new PictureVectors(Model, vector), new PictureTexts());

    public static PictureChange Change(long id, PictureTexts texts) => new(id, null, texts);

    public static PictureChange Change(long id, float[] vector) => new(id, new PictureVectors(Model, vector), new PictureTexts());

    /// <summary>Adds a searchable row.</summary>
    public static Task<Result<RowVersion>> AddAsync(
        this ICatalog catalog, TableGeneration table, NewPicture picture, CancellationToken cancellationToken) =>
        catalog.AddAsync(table, picture, searchable: true, cancellationToken);

    /// <summary>Changes a row; searchable if its vectors change.</summary>
    public static Task<Result<RowVersion>> ChangeAsync(
        this ICatalog catalog, TableGeneration table, PictureChange change, CancellationToken cancellationToken) =>
        catalog.ChangeAsync(table, change, searchable: true, cancellationToken);
}
