using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using ImageSearch.Fetching;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Silo.Backend;
using ImageSearch.Silo.Cluster;
using ImageSearch.Silo.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.ClusterBench;

/// <summary>Rows per second of an import whose pictures are read and embedded at once: what the catalog and the index take.</summary>
internal static class ImportRate
{
    private const string Picture = "picture.jpg";

    /// <param name="name">Describes the catalog.</param>
    /// <param name="mySql">Settings of the database server; empty for SQLite.</param>
    /// <param name="pictures">Number of pictures.</param>
    public static async Task<string> MeasureAsync(string name, Dictionary<string, string?> mySql, int pictures)
    {
        var folder = Directory.CreateTempSubdirectory("imagesearch-bench-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, Picture), new byte[1000]);
            var settings = new Dictionary<string, string?>(mySql) { ["DATA_PATH"] = Path.Combine(folder, "data"), ["IMAGE_ROOTS"] = folder };
            return await MeasureAsync(name, settings, folder, pictures);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> MeasureAsync(string name, Dictionary<string, string?> settings, string folder, int pictures)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        var reader = new SettingReader(builder.Configuration);
        var sources = PictureSourceSettings.Read(reader);
        await using var backend = SearchBackendOpening.Begin(BackendSettings.Read(reader), NullLoggerFactory.Instance, (_, _) => new InstantEmbedder());
        await backend.OpenedAsync(CancellationToken.None);
        builder.AddLoneSilo();
        backend.AddTo(builder.Services);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPictureSources(sources.Fetching, sources.ServerFiles, sources.BufferMegabytes);
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        Check(await grains.GetGrain<ITableGrain>("shop").CreateAsync(model: null, CancellationToken.None));
        await RunAsync(grains, folder, 32 * ImportItems.MaxItems, "warm"); // JIT compilation
        using var counts = new Counts();
        var seconds = await RunAsync(grains, folder, pictures, "row");
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {pictures / seconds:F0} rows/s; for 1,000 rows {counts.Commits * 1000.0 / pictures:F0} commits, {counts.Calls * 1000.0 / pictures:F0} calls of the table");
        await host.StopAsync();
        return text;
    }

    private static async Task<double> RunAsync(IGrainFactory grains, string folder, int pictures, string key)
    {
        var import = grains.GetGrain<IImportGrain>(Guid.NewGuid().ToString("N"));
        var path = Path.Combine(folder, Picture);
        Check(await import.BeginAsync(TableName.Parse("shop").Value, PictureViews.Whole, CancellationToken.None));
        foreach (var (number, lines) in Enumerable.Range(1, pictures).Chunk(ImportItems.MaxItems).Index())
        {
            ImportItem[] items = [.. lines.Select(line => new ImportItem(line, null, path, new PictureTexts("tags", "brief", $"{key} {line}", path)))];
            Check(await import.AppendAsync(new ImportItems(number, items), CancellationToken.None));
        }

        var started = Stopwatch.GetTimestamp();
        Check(await import.StartAsync(CancellationToken.None));
        while (true)
        {
            await Task.Delay(50);
            var status = Check(await import.DescribeAsync(CancellationToken.None));
            if (status.State == ImportState.Running) continue;
            if (status.Stored != pictures) throw new InvalidOperationException($"{status.State}: {status.Stored} of {pictures} are stored");
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }

    private static T Check<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new InvalidOperationException(failure.Message);

    /// <summary>Counts commits of the catalog's writer and calls that add rows.</summary>
    private sealed class Counts : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _commits;
        private long _calls;

        public Counts()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name is "imagesearch.catalog.commit.writes" or "imagesearch.table.call.duration") listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<int>((_, _, _, _) => Interlocked.Increment(ref _commits));
            _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
            {
                foreach (var tag in tags)
                {
                    if (tag is { Key: "call", Value: "add" or "add_many" }) Interlocked.Increment(ref _calls);
                }
            });
            _listener.Start();
        }

        public long Commits => Interlocked.Read(ref _commits);

        public long Calls => Interlocked.Read(ref _calls);

        public void Dispose() => _listener.Dispose();
    }
}
