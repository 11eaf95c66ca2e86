using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImageSearch.Api.Tests.Running;

/// <summary>
/// The service as its users run it: a process of its own with its own data folder, spoken to over sockets of the loopback interface.
/// </summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ServiceProcess(Process process, Uri address, string dataPath)
    {
        _process = process;
        Address = address;
        DataPath = dataPath;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(100) };
    }

    public Uri Address { get; }

    public string DataPath { get; }

    public HttpClient Client { get; }

    /// <summary>What the process has printed.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Starts the service and waits until it is ready.</summary>
    /// <param name="settings">Environment variables on top of the defaults.</param>
    /// <param name="dataPath">The data folder of a service that ran before; a new one otherwise.</param>
    public static async Task<ServiceProcess> StartAsync(IReadOnlyDictionary<string, string>? settings = null, string? dataPath = null)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var service = Launch(address, settings ?? new Dictionary<string, string>(), dataPath ?? Directory.CreateTempSubdirectory("imagesearch-").FullName);
        try
        {
            await service.WaitUntilReadyAsync();
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the service and waits until it ends by itself.</summary>
    /// <returns>Its exit code and what it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(Uri address, IReadOnlyDictionary<string, string> settings)
    {
        await using var service = Launch(address, settings, Directory.CreateTempSubdirectory("imagesearch-").FullName);
        using var patience = new CancellationTokenSource(StartPatience);
        await service._process.WaitForExitAsync(patience.Token);
        return (service._process.ExitCode, service.Output);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>kill -9: nothing of the process runs after this.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager ends it.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public long ResidentBytes()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static ServiceProcess Launch(Uri address, IReadOnlyDictionary<string, string> settings, string dataPath)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "ImageSearch.Api.dll"), "--urls", address.ToString() },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DATA_PATH"] = dataPath,
                // Used by the cluster edition only: silos of tests that run side by side must not meet.
                ["SILO_PORT"] = FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["GATEWAY_PORT"] = FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        var service = new ServiceProcess(process, address, dataPath);
        process.OutputDataReceived += service.Keep;
        process.ErrorDataReceived += service.Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return service;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.AppendLine(line.Data);
    }

    private async Task WaitUntilReadyAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (!_process.HasExited && Stopwatch.GetElapsedTime(started) < StartPatience)
        {
            try
            {
                using var answer = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(20);
        }

        throw new InvalidOperationException($"The service did not become ready:\n{Output}");
    }
}
