using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>Rows and vectors that tests write; four values a vector.</summary>
internal static class Rows
{
    public static readonly ModelIdentity Model = new("test-net", "1", 4);

    /// <summary>A vector of unit length; another seed gives another one.</summary>
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

    public static RowToAdd Row(int seed = 1, string? key = null, string? tags = null, bool replace = false, bool searchable = true) =>
        new(Vector(seed), null, new PictureTexts(tags, Key: key), replace, searchable);

    public static RowToAdd Row(PictureTexts texts) => new(Vector(1), null, texts, false, true);

    public static RowToChange Change(long id, PictureTexts texts) => new(id, null, null, texts, true);

    public static RowToChange Change(long id, float[] vector, bool searchable = true) =>
        new(id, vector, null, new PictureTexts(), searchable);
}
