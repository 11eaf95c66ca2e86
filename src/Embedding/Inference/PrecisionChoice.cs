using System.Diagnostics;
using ImageSearch.Embedding.Models;

namespace ImageSearch.Embedding.Inference;

/// <summary>
/// Chooses the precision of the model of new tables. The float32 and the int8 form of a network are two models whose vectors can't be
/// compared, so the choice is only for new tables.
/// </summary>
internal static class PrecisionChoice
{
    private const string Int8Suffix = "-int8";
    private const int TimedRuns = 5;

    /// <summary>Loads the chosen form of a model.</summary>
    /// <param name="folder">The folder of the float32 form; the int8 form is beside it, in a folder of this name and "-int8".</param>
    /// <param name="precision">The precision.</param>
    /// <exception cref="ModelException">A folder is missing or wrong.</exception>
    internal static EmbeddingSession Open(string folder, ModelPrecision precision)
    {
        var int8 = Path.TrimEndingDirectorySeparator(folder) + Int8Suffix;
        return precision switch
        {
            ModelPrecision.Int8 => OpenFolder(int8),
            ModelPrecision.Auto when ExactInt8.IsSupported && Directory.Exists(int8) => Faster(OpenFolder(folder), OpenFolder(int8)),
            _ => OpenFolder(folder),
        };
    }

    /// <summary>Returns the int8 session if it computes its golden vectors and is faster; disposes of the other one.</summary>
    internal static EmbeddingSession Faster(EmbeddingSession single, EmbeddingSession int8)
    {
        var isInt8 = int8.Manifest.Golden.Count > 0 && GoldenCheck.Passes(int8) && Time(int8) < Time(single);
        (isInt8 ? single : int8).Dispose();
        return isInt8 ? int8 : single;
    }

    private static EmbeddingSession OpenFolder(string folder)
    {
        var manifest = ManifestReader.Read(folder);
        ModelHash.Check(manifest);
        return EmbeddingSession.Open(manifest);
    }

    // The fastest of a few runs: a run that another process interrupts says nothing about the network.
    private static TimeSpan Time(EmbeddingSession session)
    {
        using var lane = session.NewLane();
        session.Run(lane); // Allocates.
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < TimedRuns; i++)
        {
            var started = Stopwatch.GetTimestamp();
            session.Run(lane);
            var took = Stopwatch.GetElapsedTime(started);
            if (took < best) best = took;
        }

        return best;
    }
}
