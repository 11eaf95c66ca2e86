namespace ImageSearch.EndToEnd;

/// <summary>
/// Takes the service and the machine's limit in turns, a hundred pictures each: on a machine that is shared or changes its clock both see
/// the same conditions, and their ratio holds. The one that is not measured waits and takes no processor time.
/// </summary>
internal sealed class Measurement(BenchOptions options, PictureFiles pictures, RunningService service, MachineLimit limit)
{
    // Enough for the runtime to have compiled again what is called often.
    private const int WarmUp = 300;
    private const int Round = 100;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public double MegabytesAtStart { get; private set; }

    public double MegabytesIdle { get; private set; }

    public double MegabytesLoaded { get; private set; }

    public int Rows { get; private set; }

    public double StartMilliseconds => service.StartMilliseconds;

    public Latencies FirstAdd { get; } = new();

    public Latencies Adds { get; } = new();

    public Latencies AddsByOne { get; } = new();

    public Latencies Searches { get; } = new();

    public Latencies SearchesByOne { get; } = new();

    /// <summary>The network alone, on all lanes.</summary>
    public Latencies Inference { get; } = new();

    /// <summary>Decoding alone, on all lanes.</summary>
    public Latencies Decoding { get; } = new();

    /// <summary>Decoding and network for one view, which an add needs, on all lanes.</summary>
    public Latencies Embedding { get; } = new();

    public Latencies EmbeddingByOne { get; } = new();

    /// <summary>Decoding and network for one or two views, which a search needs.</summary>
    public Latencies QueryEmbeddingByOne { get; } = new();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await WarmUpAsync(cancellationToken);
        foreach (var round in Rounds())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await EmbeddingByOne.MeasureAsync(round, 1, at => limit.EmbedAsync(at, PictureViews.Whole));
            await AddsByOne.MeasureAsync(round, 1, AddAsync);
            await Embedding.MeasureAsync(round, MachineLimit.Threads, at => limit.EmbedAsync(at, PictureViews.Whole));
            await Adds.MeasureAsync(round, options.Concurrency, AddAsync);
            await Decoding.MeasureAsync(round, MachineLimit.Threads, limit.DecodeAsync);
            await Inference.MeasureAsync(round, MachineLimit.Threads, _ => limit.InferAsync());
        }

        await FillAsync(cancellationToken);
        foreach (var round in Rounds())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await QueryEmbeddingByOne.MeasureAsync(round, 1, at => limit.EmbedAsync(at, PictureViews.WholeAndMainObject));
            await SearchesByOne.MeasureAsync(round, 1, SearchAsync);
            await Searches.MeasureAsync(round, options.Concurrency, SearchAsync);
        }

        MegabytesLoaded = service.ResidentMegabytes;
    }

    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        MegabytesAtStart = service.ResidentMegabytes;
        await service.Client.CreateTableAsync();
        await FirstAdd.MeasureAsync(..1, 1, AddAsync);
        await new Latencies().MeasureAsync(..WarmUp, options.Concurrency, AddAsync);
        await new Latencies().MeasureAsync(..WarmUp, options.Concurrency, SearchAsync);
        await new Latencies().MeasureAsync(..WarmUp, MachineLimit.Threads, at => limit.EmbedAsync(at, PictureViews.WholeAndMainObject));
        await new Latencies().MeasureAsync(..WarmUp, MachineLimit.Threads, limit.DecodeAsync);
        await Task.Delay(Settling, cancellationToken);
        MegabytesIdle = service.ResidentMegabytes;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        while ((Rows = await service.Client.CountAsync()) < options.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await new Latencies().MeasureAsync(..Math.Min(Round, options.Rows - Rows), options.Concurrency, AddAsync);
        }
    }

    private IEnumerable<Range> Rounds()
    {
        for (var first = 0; first < options.Count; first += Round) yield return first..Math.Min(first + Round, options.Count);
    }

    private Task AddAsync(int at) => service.Client.AddAsync(pictures.Body(at));

    private Task SearchAsync(int at) => service.Client.SearchAsync(pictures.Body(at));
}
