using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Silo.Cluster;
using ImageSearch.Silo.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.ClusterBench;

/// <summary>Adds per second through a front end to a number of silos, each a process with one slow lane.</summary>
internal static class AddScale
{
    private const int PictureBytes = 50_000;
    private const int AddersPerSilo = 8;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    public static async Task<string> MeasureAsync(string server, int silos, TimeSpan duration)
    {
        var settings = Settings(server);
        var folders = new List<string>();
        var processes = new List<Process>();
        try
        {
            for (var i = 0; i < silos; i++)
            {
                folders.Add(Directory.CreateTempSubdirectory("imagesearch-bench-").FullName);
                processes.Add(await StartAsync(settings, folders[^1]));
            }

            using var client = await ConnectAsync(settings);
            var grains = client.Services.GetRequiredService<IGrainFactory>();
            while ((await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count < silos) await Task.Delay(500);
            var adds = await AddAsync(grains, silos * AddersPerSilo, duration);
            await client.StopAsync();
            return string.Create(CultureInfo.InvariantCulture, $"{silos} silos: {adds / duration.TotalSeconds:F1} adds/s");
        }
        finally
        {
            foreach (var process in processes)
            {
                process.Kill();
                await process.WaitForExitAsync();
                process.Dispose();
            }

            foreach (var folder in folders) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<long> AddAsync(IGrainFactory grains, int adders, TimeSpan duration)
    {
        var tables = Enumerable.Range(0, 16).Select(i => grains.GetGrain<ITableGrain>($"shop_{i}")).ToArray();
        foreach (var table in tables) Check(await table.CreateAsync(CancellationToken.None));
        var embedding = grains.GetGrain<IEmbeddingGrain>(IEmbeddingGrain.Key);
        var added = 0L;
        var started = Stopwatch.GetTimestamp();
        var warm = duration / 3;
        await Task.WhenAll(Enumerable.Range(0, adders).Select(adder => Task.Run(async () =>
        {
            var picture = new byte[PictureBytes];
            for (var i = 0; Stopwatch.GetElapsedTime(started) < warm + duration; i++)
            {
                BitConverter.TryWriteBytes(picture, HashCode.Combine(adder, i));
                var vectors = Check(await embedding.EmbedAsync(picture, PictureViews.Whole, CancellationToken.None));
                Check(await tables[(adder + i) % tables.Length].AddAsync(new NewPicture(vectors, new PictureTexts("bench")), CancellationToken.None));
                if (Stopwatch.GetElapsedTime(started) is var now && now > warm && now < warm + duration) Interlocked.Increment(ref added);
            }
        })));
        return added;
    }

    private static T Check<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new InvalidOperationException(failure.Message);

    internal static Dictionary<string, string?> Settings(string server)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = server };
        var name = $"bench_{Guid.NewGuid():N}";
        return new Dictionary<string, string?>
        {
            ["MYSQL_HOST"] = (string)parts["host"],
            ["MYSQL_PORT"] = (string)parts["port"],
            ["MYSQL_USER"] = (string)parts["user"],
            ["MYSQL_PWD"] = (string)parts["password"],
            ["MYSQL_DB"] = name,
            ["CLUSTER_ID"] = name,
            ["ADVERTISED_ADDRESS"] = IPAddress.Loopback.ToString(),
        };
    }

    private static async Task<Process> StartAsync(Dictionary<string, string?> settings, string folder)
    {
        var health = GrainPlace.FreePort();
        var start = new ProcessStartInfo("dotnet") { ArgumentList = { typeof(AddScale).Assembly.Location, "silo" }, RedirectStandardOutput = true };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        start.Environment["DATA_PATH"] = folder;
        start.Environment["HEALTH_PORT"] = Text(health);
        start.Environment["SILO_PORT"] = Text(GrainPlace.FreePort());
        start.Environment["GATEWAY_PORT"] = Text(GrainPlace.FreePort());
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        await ReadyAsync(new Uri($"http://127.0.0.1:{Text(health)}/health/ready"), process);
        return process;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static async Task ReadyAsync(Uri ready, Process process)
    {
        using var http = new HttpClient();
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(100))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > StartTimeout) throw new InvalidOperationException("a silo did not start");
            try
            {
                using var response = await http.GetAsync(ready);
                if (response.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // The silo does not listen yet.
            }
        }
    }

    private static async Task<IHost> ConnectAsync(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        var reader = new SettingReader(builder.Configuration);
        builder.AddFrontEnd(ClusterSettings.Read(reader), MySqlSettings.Read(reader)!, telemetry: null, NullLoggerFactory.Instance);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
