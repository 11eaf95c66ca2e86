using ImageSearch.Api.Tests.Running;
using Xunit.Abstractions;

namespace ImageSearch.Api.Tests.Quality;

/// <summary>
/// The evaluation set of the default model: 1,000 pictures and 1,372 searches. EVALSET is its folder. The limits are half a point below the
/// model's own figures, measured with NumPy and Pillow: another decoder and resizer may cost so much.
/// </summary>
public sealed class FullSetTests(ITestOutputHelper output)
{
    private const double Tolerance = 0.5;

    [ServiceFact("EVALSET")]
    public Task Searches_by_the_main_object_too_reach_the_models_recall() => CheckAsync("query", recallAt1: 98.0, recallAt10: 99.6);

    [ServiceFact("EVALSET")]
    public Task Searches_by_the_whole_picture_alone_reach_the_models_recall() => CheckAsync("off", recallAt1: 95.9, recallAt10: 99.1);

    private async Task CheckAsync(string mainObject, double recallAt1, double recallAt10)
    {
        var set = RetrievalSet.Read(ServiceFactAttribute.Require("EVALSET"));
        await using var service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["MAIN_OBJECT"] = mainObject });
        var figures = await Retrieval.RunAsync(new MilvusImgPictures(service.Client), set);

        output.WriteLine($"MAIN_OBJECT={mainObject}, {figures}");
        figures.RecallAt(1).ShouldBeGreaterThanOrEqualTo(recallAt1 - Tolerance, figures.ToString());
        figures.RecallAt(10).ShouldBeGreaterThanOrEqualTo(recallAt10 - Tolerance, figures.ToString());
    }
}
