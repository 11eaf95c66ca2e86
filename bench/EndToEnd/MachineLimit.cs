using ImageSearch.Embedding;

namespace ImageSearch.EndToEnd;

/// <summary>
/// The decoder and network of the service in this process, without HTTP, base64, catalog and vector store. Calls run on the calling thread:
/// with as many callers as the service has lanes they show the limit of the machine.
/// </summary>
internal sealed class MachineLimit(PictureFiles pictures) : IDisposable
{
    /// <summary>The default number of lanes of the service.</summary>
    public static readonly int Threads = Environment.ProcessorCount;

    private readonly EmbeddingStages _stages = EmbeddingStages.Open(
        new EmbeddingOptions { ModelPath = Path.Combine(AppContext.BaseDirectory, "models", "lite0-ret-512-sal"), Lanes = Threads });

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
    public Task EmbedAsync(int at, PictureViews views) =>
        _stages.Embed(pictures.Picture(at), views).TryGet(out _, out var failure) ? Task.CompletedTask : throw Rejected(failure);

    public void Dispose() => _stages.Dispose();

    private static BenchException Rejected(Failure failure) => new($"a picture of --images is rejected: {failure.Message}");
}
