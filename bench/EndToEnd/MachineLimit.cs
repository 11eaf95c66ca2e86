using System.Collections.Concurrent;
using ImageSearch.Embedding;
using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Lanes;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Vips;

namespace ImageSearch.EndToEnd;

/// <summary>
/// The service's own decoder and network in this process, without HTTP, base64, catalog and vector store. Calls work on the thread that
/// makes them, so that as many callers as the service has lanes show what the machine can do.
/// </summary>
internal sealed class MachineLimit : IDisposable
{
    /// <summary>As many as the service has lanes by default.</summary>
    public static readonly int Threads = Environment.ProcessorCount;

    /// <summary>What this process has used.</summary>
    public static TimeSpan ProcessorTime => Environment.CpuUsage.TotalTime;

    private readonly PictureFiles _pictures;
    private static readonly EmbeddingOptions Options = new() { ModelPath = Path.Combine(AppContext.BaseDirectory, "models", "lite0-ret-512-sal") };

    private readonly PictureHeaderReader _headers = new(Options);
    private readonly DecodeMemory _memory = new((long)Options.DecodeMemoryMegabytes << 20);
    private readonly EmbeddingSession _session;
    private readonly PictureDecoder _decoder;
    private readonly ConcurrentBag<TensorLane> _tensors;
    private readonly ConcurrentBag<PictureLane> _lanes;
    private readonly EmbeddingMetrics _metrics = new();

    public MachineLimit(PictureFiles pictures)
    {
        _pictures = pictures;
        VipsLibrary.EnsureStarted();
        _session = EmbeddingSession.Open(ManifestReader.Read(Options.ModelPath));
        _decoder = new PictureDecoder(_session.Manifest.Input);
        _tensors = [.. Enumerable.Range(0, Threads).Select(_ => _session.NewLane())];
        _lanes = [.. Enumerable.Range(0, Threads).Select(_ => new PictureLane(_session, _headers, _memory, Options.PictureTime, _metrics))];
    }

    /// <summary>The network alone, on whatever picture was decoded last.</summary>
    public Task InferAsync()
    {
        _tensors.TryTake(out var tensors);
        tensors!.Run();
        _tensors.Add(tensors);
        return Task.CompletedTask;
    }

    /// <summary>Decoding and scaling alone.</summary>
    public Task DecodeAsync(int at)
    {
        var picture = _pictures.Picture(at);
        _tensors.TryTake(out var tensors);
        if (_decoder.Decode(picture, Header(picture), box: null, tensors!.Pixels) is { } failure) throw Refused(failure);
        _tensors.Add(tensors);
        return Task.CompletedTask;
    }

    /// <summary>A picture to its vectors.</summary>
    public Task EmbedAsync(int at, PictureViews views)
    {
        var picture = _pictures.Picture(at);
        _lanes.TryTake(out var lane);
        using var job = new EmbeddingJob(picture, views);
        if (!lane!.Look(job).TryGet(out var header, out var failure) || !lane.Embed(job, header).TryGet(out _, out failure)) throw Refused(failure);
        _lanes.Add(lane);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var tensors in _tensors) tensors.Dispose();
        foreach (var lane in _lanes) lane.Dispose();
        _session.Dispose();
        _metrics.Dispose();
    }

    private PictureHeader Header(byte[] picture) =>
        _headers.TypeOf(picture).TryGet(out var type, out var failure) && _headers.Read(type, picture).TryGet(out var header, out failure)
            ? header
            : throw Refused(failure);

    private static BenchException Refused(Failure failure) => new($"a picture of --images is refused: {failure.Message}");
}
