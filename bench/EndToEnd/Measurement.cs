namespace ImageSearch.EndToEnd;

/// <summary>
/// Measures the service and the limit of the machine in turns of a hundred pictures. On a shared machine, or one that changes its clock,
/// both see the same conditions, so their ratio is stable. The one that is not being measured is idle.
/// </summary>
internal sealed class Measurement(BenchOptions options, PictureFiles pictures, RunningService service, MachineLimit limit)
{
    // Enough calls for tiered compilation to recompile the hot methods.
    private const int WarmUp = 1000;
    private const int Round = 100;

    // An import takes some time to start.
    private const int ImportRound = 500;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public double MegabytesAtStart { get; private set; }

    public double MegabytesIdle { get; private set; }

    public double MegabytesLoaded { get; private set; }

    public double MegabytesImported { get; private set; }

    public int Rows { get; private set; }

    public double StartMilliseconds => service.StartMilliseconds;

    public Latencies FirstAdd { get; } = new(() => service.ProcessorTime);

    public Latencies Adds { get; } = new(() => service.ProcessorTime);

    public Latencies AddsByOne { get; } = new(() => service.ProcessorTime);

    /// <summary>Imports of <see cref="ImportRound"/> pictures as single calls.</summary>
    public Latencies Imports { get; } = new(() => service.ProcessorTime);

    /// <summary>Adds in turns with <see cref="Imports"/>.</summary>
    public Latencies AddsByImports { get; } = new(() => service.ProcessorTime);

    /// <summary>Imported pictures per second.</summary>
    public double ImportsPerSecond => Imports.PerSecond * ImportRound;

    public Latencies Searches { get; } = new(() => service.ProcessorTime);

    public Latencies SearchesByOne { get; } = new(() => service.ProcessorTime);

    /// <summary>Inference alone, on all lanes.</summary>
    public Latencies Inference { get; } = new(() => MachineLimit.ProcessorTime);

    /// <summary>Decoding alone, on all lanes.</summary>
    public Latencies Decoding { get; } = new(() => MachineLimit.ProcessorTime);

    /// <summary>Decoding and inference of one view, as for an add, on all lanes.</summary>
    public Latencies Embedding { get; } = new(() => MachineLimit.ProcessorTime);

    public Latencies EmbeddingByOne { get; } = new(() => MachineLimit.ProcessorTime);

    /// <summary>Decoding and inference of one or two views, as for a search.</summary>
    public Latencies QueryEmbeddingByOne { get; } = new(() => MachineLimit.ProcessorTime);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await WarmUpAsync(cancellationToken);
        foreach (var round in Rounds())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await EmbeddingByOne.MeasureAsync(round, 1, number => limit.EmbedAsync(number, PictureViews.Whole, isAlone: true));
            await AddsByOne.MeasureAsync(round, 1, AddAsync);
            await Embedding.MeasureAsync(round, MachineLimit.Threads, number => limit.EmbedAsync(number, PictureViews.Whole, isAlone: false));
            await Adds.MeasureAsync(round, options.Concurrency, AddAsync);
            await Decoding.MeasureAsync(round, MachineLimit.Threads, limit.DecodeAsync);
            await Inference.MeasureAsync(round, MachineLimit.Threads, _ => limit.InferAsync());
        }

        for (var first = 0; first < options.Imports; first += ImportRound)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var round = first..(first + ImportRound);
            await AddsByImports.MeasureAsync(round, options.Concurrency, AddAsync);
            await Imports.MeasureAsync(..1, 1, _ => service.Client.ImportAsync(pictures.List(round)));
        }

        MegabytesImported = service.ResidentMegabytes;
        await FillAsync(cancellationToken);
        foreach (var round in Rounds())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await QueryEmbeddingByOne.MeasureAsync(round, 1, number => limit.EmbedAsync(number, PictureViews.Recommended, isAlone: true));
            await SearchesByOne.MeasureAsync(round, 1, SearchAsync);
            await Searches.MeasureAsync(round, options.Concurrency, SearchAsync);
        }

        MegabytesLoaded = service.ResidentMegabytes;
    }

    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        MegabytesAtStart = service.ResidentMegabytes;
        await service.Client.CreateTablesAsync();
        await FirstAdd.MeasureAsync(..1, 1, AddAsync);
        await new Latencies(() => default).MeasureAsync(..WarmUp, options.Concurrency, AddAsync);
        await new Latencies(() => default).MeasureAsync(..WarmUp, options.Concurrency, SearchAsync);
        await new Latencies(() => default).MeasureAsync(..WarmUp, MachineLimit.Threads, number => limit.EmbedAsync(number, PictureViews.Recommended, isAlone: false));
        await new Latencies(() => default).MeasureAsync(..WarmUp, 1, number => limit.EmbedAsync(number, PictureViews.Recommended, isAlone: true));
        await new Latencies(() => default).MeasureAsync(..WarmUp, MachineLimit.Threads, limit.DecodeAsync);
        await Task.Delay(Settling, cancellationToken);
        MegabytesIdle = service.ResidentMegabytes;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        while ((Rows = await service.Client.CountAsync()) < options.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await new Latencies(() => default).MeasureAsync(..Math.Min(Round, options.Rows - Rows), options.Concurrency, AddAsync);
        }
    }

    private IEnumerable<Range> Rounds()
    {
        for (var first = 0; first < options.Count; first += Round) yield return first..Math.Min(first + Round, options.Count);
    }

    private Task AddAsync(int number) => service.Client.AddAsync(pictures.Body(number));

    private Task SearchAsync(int number) => service.Client.SearchAsync(pictures.Body(number));
}
