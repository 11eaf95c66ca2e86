using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Models;

namespace ImageSearch.Embedding.Tests;

/// <summary>The test assembly as a program that loads a network, for tests of a whole process.</summary>
internal static class Program
{
    // Telemetry, if enabled, writes its files while a network loads.
    private static void Main(string[] arguments)
    {
        using var session = EmbeddingSession.Open(ManifestReader.Read(arguments[0]));
        using var lane = session.NewLane();
        session.Run(lane);
    }
}
