using System.Collections.Concurrent;
using ImageSearch.Embedding;
using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Lanes;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Vips;

namespace ImageSearch.EndToEnd;

/// <summary>
/// The decoder and the network of the service in this process, without HTTP, base64, catalog and vector store. A call works on its caller's
/// thread, so as many callers as the service has lanes reach the limit of the machine.
/// </summary>
internal sealed class MachineLimit : IDisposable
{
    /// <summary>The default number of lanes of the service.</summary>
    public static readonly int Threads = Environment.ProcessorCount;

    /// <summary>CPU time that this process has used.</summary>
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

    /// <summary>Inference alone, on the last picture that the lane has decoded.</summary>
    public Task InferAsync()
    {
        _tensors.TryTake(out var tensors);
        tensors!.Run();
        _tensors.Add(tensors);
        return Task.CompletedTask;
    }

    /// <summary>Decoding and resizing alone.</summary>
    public Task DecodeAsync(int number)
    {
        var picture = _pictures.Picture(number);
        _tensors.TryTake(out var tensors);
        if (_decoder.Decode(picture, Header(picture), box: null, tensors!.Pixels) is { } failure) throw Rejected(failure);
        _tensors.Add(tensors);
        return Task.CompletedTask;
    }

    /// <summary>Decoding and inference: a picture to its vectors.</summary>
    public Task EmbedAsync(int number, PictureViews views)
    {
        var picture = _pictures.Picture(number);
        _lanes.TryTake(out var lane);
        using var job = new EmbeddingJob(picture, views);
        if (!lane!.Look(job).TryGet(out var header, out var failure) || !lane.Embed(job, header).TryGet(out _, out failure)) throw Rejected(failure);
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
            : throw Rejected(failure);

    private static BenchException Rejected(Failure failure) => new($"a picture of --images is rejected: {failure.Message}");
}
