using System.Data.Common;
using System.Diagnostics;
using ImageSearch.Embedding;
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

namespace ImageSearch.FilterBench;

/// <summary>A silo in this process, over SQLite or a database server, with the own vector index.</summary>
internal sealed class BenchPlace(IHost host, SearchBackendOpening backend, string? temporary) : IAsyncDisposable
{
    private const string Table = "filter_bench";

    public ITableItemsGrain Items { get; } = host.Services.GetRequiredService<IGrainFactory>().GetGrain<ITableItemsGrain>(Table);

    public static async Task<BenchPlace> StartAsync(string? server, string? folder)
    {
        var temporary = folder is null ? Directory.CreateTempSubdirectory("imagesearch-bench-").FullName : null;
        var settings = new Dictionary<string, string?> { ["DATA_PATH"] = folder ?? temporary };
        if (server is not null)
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = server };
            foreach (var (setting, part) in new[] { ("MYSQL_HOST", "host"), ("MYSQL_PORT", "port"), ("MYSQL_USER", "user"), ("MYSQL_PWD", "password") })
                settings[setting] = (string)parts[part];
            settings["MYSQL_DB"] = "filter_bench";
        }

        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        var reader = new SettingReader(builder.Configuration);
        var sources = PictureSourceSettings.Read(reader);
        var backend = SearchBackendOpening.Begin(BackendSettings.Read(reader), NullLoggerFactory.Instance, (_, _) => new NoEmbedder());
        await backend.OpenedAsync(CancellationToken.None);
        builder.AddLoneSilo();
        backend.AddTo(builder.Services);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPictureSources(sources.Fetching, sources.ServerFiles, sources.BufferMegabytes);
        var host = builder.Build();
        await host.StartAsync();
        return new BenchPlace(host, backend, temporary);
    }

    /// <summary>Puts the rows if the table has not got them, and waits until the index is built.</summary>
    public async Task FillAsync(BenchRows rows)
    {
        Check(await Items.CreateWithAsync(BenchRows.Model, Metric.Cosine, BenchRows.Settings, CancellationToken.None));
        var size = Check(await Items.MeasureAsync(CancellationToken.None));
        if (size.Rows < rows.Count)
        {
            var started = Stopwatch.GetTimestamp();
            foreach (var chunk in Enumerable.Range(0, rows.Count).Chunk(NewPicture.MaxPerAdd))
            {
                var put = Check(await Items.PutItemsAsync([.. chunk.Select(rows.Put)], CancellationToken.None));
                if (put.FirstOrDefault(item => item.Failure is not null).Failure is { } failure) throw new InvalidOperationException(failure.Message);
            }

            Console.WriteLine($"put: {rows.Count / Stopwatch.GetElapsedTime(started).TotalSeconds:F0} rows/s");
        }

        await IdleAsync();
        size = Check(await Items.MeasureAsync(CancellationToken.None));
        Console.WriteLine($"{size.Rows} rows, index {size.MemoryBytes >> 20} MB in memory");
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await backend.DisposeAsync();
        if (temporary is not null) Directory.Delete(temporary, recursive: true);
    }

    internal static T Check<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new InvalidOperationException(failure.Message);

    // The index is built in the background, by all processors.
    private static async Task IdleAsync()
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before;
        do
        {
            process.Refresh();
            before = process.TotalProcessorTime;
            await Task.Delay(TimeSpan.FromSeconds(8));
            process.Refresh();
        }
        while (process.TotalProcessorTime - before > TimeSpan.FromSeconds(0.4));
    }

    private sealed class NoEmbedder : IPictureEmbedder
    {
        public ModelIdentity Model => BenchRows.Model;

        public Task<Result<PictureVectors>> EmbedAsync(
            ReadOnlyMemory<byte> picture, PictureViews views, EmbeddingTarget target, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
