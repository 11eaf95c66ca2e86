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

    /// <summary>Loads the chosen form of a model. The int8 form is in the folder beside the float32 one, whose name and "-int8" it has.</summary>
    /// <exception cref="ModelException">A folder is missing or wrong, or the device can't be used.</exception>
    internal static EmbeddingSession Open(EmbeddingOptions options)
    {
        var int8 = Path.TrimEndingDirectorySeparator(options.ModelPath) + Int8Suffix;
        return options.Precision switch
        {
            ModelPrecision.Int8 => OpenFolder(int8, options),
            ModelPrecision.Auto when MayUseInt8(options, int8) => Faster(OpenFolder(options.ModelPath, options), OpenFolder(int8, options)),
            _ => OpenFolder(options.ModelPath, options),
        };
    }

    /// <summary>Returns the int8 session if it computes its golden vectors and is faster; disposes of the other one.</summary>
    internal static EmbeddingSession Faster(EmbeddingSession single, EmbeddingSession int8)
    {
        var isInt8 = int8.Manifest.Golden.Count > 0 && int8.IsExact && Time(int8) < Time(single);
        (isInt8 ? single : int8).Dispose();
        return isInt8 ? int8 : single;
    }

    // A GPU computes float32 as fast.
    private static bool MayUseInt8(EmbeddingOptions options, string int8) =>
        options.Device == EmbeddingDevice.Cpu && ExactInt8.IsSupported && Directory.Exists(int8);

    private static EmbeddingSession OpenFolder(string folder, EmbeddingOptions options) =>
        EmbeddingSession.Open(ManifestReader.Read(folder), options);

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
