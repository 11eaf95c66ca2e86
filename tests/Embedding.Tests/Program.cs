using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Models;

namespace ImageSearch.Embedding.Tests;

/// <summary>The tests' assembly as a program: a process of its own that loads a network, for what concerns a whole process.</summary>
internal static class Program
{
    // ONNX Runtime's telemetry, where it is allowed, writes its files while a network loads.
    private static void Main(string[] arguments)
    {
        using var session = EmbeddingSession.Open(ManifestReader.Read(arguments[0]));
        using var lane = session.NewLane();
        lane.Run();
    }
}
