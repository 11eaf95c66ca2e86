using System.Collections.Concurrent;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.V1.Items;
using ImageSearch.Fetching;

namespace ImageSearch.Api.V1.Search;

/// <summary>The pictures of one call, each embedded once per model and views: several queries may search by the same picture.</summary>
internal sealed class QueryEmbeddings(
    PictureEmbedder embedder, CallStages stages, TimeProvider time, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<(string Identity, EmbeddingTarget Target, PictureViews Views), Lazy<Task<Result<Embedded>>>> _embedded =
        new();

    /// <summary>Embeds the picture of an example.</summary>
    /// <param name="example">The example.</param>
    /// <param name="model">The table's model.</param>
    /// <param name="views">The views of the picture.</param>
    /// <param name="wantsBox">Whether to find the box of the main object.</param>
    public Task<Result<Embedded>> EmbedAsync(ExampleInput example, ModelIdentity model, PictureViews views, bool wantsBox) =>
        _embedded.GetOrAdd(
            (example.Identity, new EmbeddingTarget(model, EmbeddingUse.Search) { Region = example.Region, WantsBox = wantsBox }, views),
            key => new Lazy<Task<Result<Embedded>>>(() => RunAsync(example.Source!, key.Target, key.Views))).Value;

    private async Task<Result<Embedded>> RunAsync(PictureSource source, EmbeddingTarget target, PictureViews views)
    {
        var started = time.GetTimestamp();
        Result<LoadedPicture> fetched;
        using (stages.Begin("search", "fetch")) fetched = await embedder.LoadAsync(source, cancellationToken);
        if (!fetched.TryGet(out var picture, out var failure)) return failure.Named(source);
        var loaded = time.GetTimestamp();
        Result<PictureVectors> embedded;
        using (stages.Begin("search", "embed")) embedded = await embedder.EmbedAsync(picture, views, target, cancellationToken);
        if (embedded.TryGet(out var vectors, out failure))
            return new Embedded(vectors, time.GetElapsedTime(started, loaded), time.GetElapsedTime(loaded));
        // Whether a region is valid depends on the picture's size.
        return failure.Code == FailureCode.RequestInvalid && target.Region is { } region
            ? RegionInput.Outside(failure, region)
            : failure.Named(source);
    }
}

/// <summary>A picture's vectors, and how long its stages took.</summary>
internal sealed record Embedded(PictureVectors Vectors, TimeSpan Fetch, TimeSpan Embed);
