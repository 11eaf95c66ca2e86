using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Inference;

/// <summary>
/// Compares a session with the golden vectors of its manifest: int8 kernels of some processors and versions of ONNX Runtime compute other
/// vectors, which find other pictures.
/// </summary>
internal static class GoldenCheck
{
    private const double MinCosine = 0.99;

    /// <summary>Whether the session computes the golden vectors; true if the manifest has none.</summary>
    /// <exception cref="ModelException">A golden picture can't be read.</exception>
    internal static bool Passes(EmbeddingSession session) => session.Manifest.Golden.All(golden => Cosine(session, golden) >= MinCosine);

    private static double Cosine(EmbeddingSession session, GoldenPicture golden)
    {
        using var lane = session.NewLane();
        Decode(golden.File, session.Manifest.Input, lane);
        session.Run(lane);
        return UnitVector.Of(lane.Embedding) is { } vector ? vector.Zip(golden.Vector).Sum(pair => (double)pair.First * pair.Second) : 0;
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"the golden picture {path} can't be read: {e.Message}", e);
        }
    }

    private static void Decode(string path, InputSpec input, TensorLane lane)
    {
        var file = Read(path);
        var headers = new PictureHeaderReader(new EmbeddingOptions { ModelPath = "" });
        if (!headers.TypeOf(file).TryGet(out var type, out var failure)
            || !headers.Read(type, file).TryGet(out var header, out failure)
            || (failure = new PictureDecoder(input).Decode(file, header, box: null, lane.Pixels)) is not null)
            throw new ModelException($"the golden picture {path} can't be decoded: {failure!.Message}");
    }
}
