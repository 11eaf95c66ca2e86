using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ImageSearch.EndToEnd;

/// <summary>The service in a process of its own.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private RunningService(Process process, ServiceClient client, double startMilliseconds)
    {
        _process = process;
        Client = client;
        StartMilliseconds = startMilliseconds;
    }

    public ServiceClient Client { get; }

    /// <summary>Time from the creation of the process to its first "ready".</summary>
    public double StartMilliseconds { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return Math.Round(_process.WorkingSet64 / 1024.0 / 1024.0, 1);
        }
    }

    /// <exception cref="BenchException">It has ended, or is not ready within a minute.</exception>
    public static async Task<RunningService> StartAsync(BenchOptions options, string dataPath, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var client = new ServiceClient(address);
        // The first call of the client takes some 100 ms, which must not count as the service's.
        await client.IsReadyAsync(cancellationToken);

        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(StartInfo(options, address, dataPath))!;
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        while (!process.HasExited && Stopwatch.GetElapsedTime(started) < StartTimeout)
        {
            if (await client.IsReadyAsync(cancellationToken))
                return new RunningService(process, client, Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds));
            await Task.Delay(5, cancellationToken);
        }

        if (!process.HasExited) process.Kill();
        throw new BenchException($"{options.Service.FullName} did not become ready; its messages are above.");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(BenchOptions options, Uri address, string dataPath)
    {
        var program = options.Service;
        string[] arguments = ["--urls", address.ToString()];
        var start = program.Extension == ".dll"
            ? new ProcessStartInfo("dotnet", [program.FullName, .. arguments])
            : new ProcessStartInfo(program.FullName, arguments);
        start.RedirectStandardOutput = true;
        start.Environment["DATA_PATH"] = dataPath;
        start.Environment["IMAGE_ROOTS"] = options.Images.FullName;
        start.Environment["MODEL"] = options.Model;
        start.Environment["MODEL_PRECISION"] = options.Precision.ToString();
        start.Environment["SEARCH_CACHE_MB"] = "0"; // The same pictures are searched again and again.
        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
