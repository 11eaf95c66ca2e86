using System.Text.Json.Serialization;

namespace ImageSearch.Api.V1.Search;

/// <summary>What a picture shows: its size, and where its main object is.</summary>
internal sealed record DetectedAnswer(
    [property: JsonPropertyName("width")] int Width,
    [property: JsonPropertyName("height")] int Height,
    [property: JsonPropertyName("main_object")] BoxAnswer? MainObject)
{
    public static DetectedAnswer Of(PictureVectors vectors) =>
        new(vectors.Width, vectors.Height, vectors.Box is { } box ? new BoxAnswer(box.X1, box.Y1, box.X2, box.Y2, "share") : null);
}

/// <summary>A box in shares of the upright picture, as a region of a search takes it.</summary>
internal sealed record BoxAnswer(
    [property: JsonPropertyName("x1")] double X1,
    [property: JsonPropertyName("y1")] double Y1,
    [property: JsonPropertyName("x2")] double X2,
    [property: JsonPropertyName("y2")] double Y2,
    [property: JsonPropertyName("unit")] string Unit);
