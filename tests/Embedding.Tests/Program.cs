using System.Globalization;
using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Tests.Retrieval;

namespace ImageSearch.Embedding.Tests;

/// <summary>
/// The test assembly as a program: it loads a network, for tests of a whole process, or measures what a model finds (bench/README.md).
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        switch (arguments)
        {
            case [var folder]:
                Load(folder);
                return 0;
            case ["photographs", var photographs, var set]:
                PhotographSet.Write(photographs, set);
                return 0;
            case ["margins", var set, var margins]:
                MarginSet.Write(RetrievalSet.Read(set), margins);
                return 0;
            case ["shrink", var set, .. var models] when models.Length > 0:
                foreach (var model in models) ShrinkTable.Print(RetrievalSet.Read(set), model);
                return 0;
            case ["views", var set, .. var models] when models.Length > 0:
                foreach (var model in models) ViewTable.Print(RetrievalSet.Read(set), model);
                return 0;
            case ["decode", var model, .. var pictures] when pictures.Length > 0:
                DecodeTable.Print(model, pictures);
                return 0;
            case ["thumbnails", var pictures, var side]:
                ThumbnailTable.Print(pictures, int.Parse(side));
                return 0;
            default:
                Console.Error.WriteLine(
                    "MODEL | photographs FOLDER SET | margins SET OTHER | shrink SET MODEL... | views SET MODEL... | decode MODEL PICTURE... | thumbnails FOLDER SIDE");
                return 2;
        }
    }

    // Telemetry, if enabled, writes its files while a network loads.
    private static void Load(string folder)
    {
        using var session = EmbeddingSession.Open(ManifestReader.Read(folder));
        using var lane = session.NewLane();
        session.Run(lane);
    }
}
