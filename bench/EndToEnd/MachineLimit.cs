using ImageSearch.Embedding;
using ImageSearch.Embedding.Models;

namespace ImageSearch.EndToEnd;

/// <summary>
/// The decoder and network of the service in this process, without HTTP, base64, catalog and vector store. Calls run on the calling thread:
/// with as many callers as the service has lanes they show the limit of the machine.
/// </summary>
internal sealed class MachineLimit(PictureFiles pictures, string model, ModelPrecision precision) : IAsyncDisposable
{
    /// <summary>The default number of lanes of the service.</summary>
    public static readonly int Threads = Environment.ProcessorCount;

    private readonly EmbeddingStages _stages = Open(model, precision, isAlone: false);
    private readonly EmbeddingStages _alone = Open(model, precision, isAlone: true);

    /// <summary>The CPU time of this process.</summary>
    public static TimeSpan ProcessorTime => Environment.CpuUsage.TotalTime;

    /// <summary>Runs only the network, on the picture that was decoded last.</summary>
    public Task InferAsync()
    {
        _stages.Infer();
        return Task.CompletedTask;
    }

    /// <summary>Only decodes and scales a picture.</summary>
    public Task DecodeAsync(int at) => _stages.Decode(pictures.Picture(at)) is { } failure ? throw Rejected(failure) : Task.CompletedTask;

    /// <summary>Computes the vectors of a picture.</summary>
    /// <param name="at">The picture.</param>
    /// <param name="views">The views.</param>
    /// <param name="isAlone">Whether one thread calls this, so that the network may use all cores, as the service does for one client.</param>
    public Task EmbedAsync(int at, PictureViews views, bool isAlone) =>
        (isAlone ? _alone : _stages).Embed(pictures.Picture(at), views).TryGet(out _, out var failure) ? Task.CompletedTask : throw Rejected(failure);

    public async ValueTask DisposeAsync()
    {
        await _stages.DisposeAsync();
        await _alone.DisposeAsync();
    }

    private static EmbeddingStages Open(string model, ModelPrecision precision, bool isAlone)
    {
        var folder = Path.Combine(ModelFolder.Included, model);
        return EmbeddingStages.Open(new EmbeddingOptions { ModelPath = folder, Precision = precision, Lanes = Threads }, isAlone);
    }

    private static BenchException Rejected(Failure failure) => new($"a picture of --images is rejected: {failure.Message}");
}
