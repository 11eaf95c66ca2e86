namespace ImageSearch;

/// <summary>What the network made of one picture.</summary>
/// <param name="Model">The network.</param>
/// <param name="Whole">The whole picture's vector: <see cref="ModelIdentity.Dimension"/> float32 values of unit length.</param>
/// <param name="MainObject">The same of its main object; null where the picture has none or it was not asked for.</param>
[GenerateSerializer, Immutable]
public sealed record PictureVectors(ModelIdentity Model, ReadOnlyMemory<float> Whole, ReadOnlyMemory<float>? MainObject = null);

/// <summary>Which views of a picture to embed.</summary>
[GenerateSerializer]
public enum PictureViews
{
    /// <summary>The whole picture.</summary>
    Whole,

    /// <summary>The whole picture and, where it has one, its main object.</summary>
    WholeAndMainObject,
}
