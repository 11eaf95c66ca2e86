using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImageSearch.Api.Tests.Running;

/// <summary>
/// The service as users run it: a process with its own data folder, called over the loopback interface.
/// </summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    /// <summary>The service with its web APIs.</summary>
    public const string Service = "ImageSearch.Api.dll";

    /// <summary>A silo of a cluster. It serves health checks only over HTTP.</summary>
    public const string Silo = "ImageSearch.Silo.dll";

    // Several processes that load a model concurrently on a busy machine take half a minute each.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly bool _ownsData;
    private readonly StringBuilder _output = new();

    // Below the range of ephemeral ports: otherwise a connection could take a port before it is used.
    private static int _lastPort = Random.Shared.Next(10_000, 28_000);

    private ServiceProcess(Process process, IReadOnlyList<Uri> addresses, string? dataPath)
    {
        _process = process;
        _ownsData = dataPath is null;
        Addresses = addresses;
        DataPath = dataPath ?? Directory.CreateTempSubdirectory("imagesearch-").FullName;
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(100) };
    }

    public Uri Address => Addresses[0];

    /// <summary>All addresses on which the service listens.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <summary>The data folder. One that was created for this process is deleted with it.</summary>
    public string DataPath { get; }

    public HttpClient Client { get; }

    /// <summary>The output of the process so far.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Starts the service and waits until it is ready.</summary>
    /// <param name="settings">Environment variables that override the defaults.</param>
    /// <param name="dataPath">The data folder of a previous process; null for a new one.</param>
    /// <param name="ports">The number of ports on which it listens.</param>
    /// <param name="program">The program to start.</param>
    public static async Task<ServiceProcess> StartAsync(
        IReadOnlyDictionary<string, string>? settings = null, string? dataPath = null, int ports = 1, string program = Service)
    {
        Uri[] addresses = [.. Enumerable.Range(0, ports).Select(_ => FreeAddress())];
        var service = Launch(addresses, settings ?? new Dictionary<string, string>(), dataPath, program);
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

    /// <summary>Starts the service and waits until it exits by itself.</summary>
    /// <returns>Its exit code and output.</returns>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(
        IReadOnlyDictionary<string, string> settings, Uri? address = null, string? dataPath = null, string program = Service)
    {
        await using var service = Launch([address ?? FreeAddress()], settings, dataPath, program);
        using var timeout = new CancellationTokenSource(StartTimeout);
        await service._process.WaitForExitAsync(timeout.Token);
        return (service._process.ExitCode, service.Output);
    }

    public static int FreePort()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _lastPort);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }

    /// <summary>Waits until the process has printed a text. Output arrives slightly later than responses.</summary>
    public async Task PrintsAsync(string text)
    {
        var started = Stopwatch.GetTimestamp();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(StartTimeout, $"'{text}' is not in the output:\n{Output}");
            await Task.Delay(20);
        }
    }

    /// <summary>Kills the process with SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops the process with SIGTERM, as a service manager does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await AskToStopAsync();
        return await EndedAsync();
    }

    /// <summary>Sends SIGTERM without waiting for the exit.</summary>
    public async Task AskToStopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until the process has exited and all of its output is read.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndedAsync()
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public long ResidentBytes()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    /// <summary>The TCP ports on which the process listens.</summary>
    public IReadOnlyList<int> ListeningPorts
    {
        get
        {
            var sockets = Directory.EnumerateFiles($"/proc/{_process.Id}/fd").Select(descriptor => File.ResolveLinkTarget(descriptor, false)?.Name ?? "").ToHashSet();
            // Columns of /proc/net/tcp: the local address in hexadecimal, the state (0A: listening), the socket's inode.
            return [.. ((IEnumerable<string>)["tcp", "tcp6"]).SelectMany(table => File.ReadLines($"/proc/{_process.Id}/net/{table}").Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(columns => columns[3] == "0A" && sockets.Contains($"socket:[{columns[9]}]"))
                .Select(columns => int.Parse(columns[1].AsSpan(columns[1].IndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).Order()];
        }
    }

    /// <summary>The paths of the files that the process has mapped into memory, such as libraries.</summary>
    public IReadOnlyList<string> MappedFiles =>
        [.. File.ReadLines($"/proc/{_process.Id}/maps").Where(line => line.Contains('/')).Select(line => line[line.IndexOf('/')..]).Distinct()];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
        if (_ownsData) Directory.Delete(DataPath, recursive: true);
    }

    private static Uri FreeAddress() => new($"http://127.0.0.1:{FreePort()}");

    private static ServiceProcess Launch(
        Uri[] addresses, IReadOnlyDictionary<string, string> settings, string? dataPath, string program = Service)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, program) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = string.Join(';', addresses),
                ["HEALTH_PORT"] = addresses[0].Port.ToString(CultureInfo.InvariantCulture),
            },
        };
        if (program == Silo || settings.ContainsKey("ROLE")) AddCluster(start.Environment);
        var process = new Process { StartInfo = start };
        var service = new ServiceProcess(process, addresses, dataPath);
        start.Environment["DATA_PATH"] = service.DataPath;
        // Golden values and the examples of pages are those of float32; by default a processor that has int8 instructions would take int8.
        if (!settings.Keys.Any(name => name.StartsWith("MODEL", StringComparison.Ordinal))) start.Environment["MODEL_PRECISION"] = "float";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        process.OutputDataReceived += service.Keep;
        process.ErrorDataReceived += service.Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return service;
    }

    // Silos of concurrent tests must not form one cluster.
    private static void AddCluster(IDictionary<string, string?> environment)
    {
        environment["CLUSTER_ID"] = Guid.NewGuid().ToString("N");
        environment["ADVERTISED_ADDRESS"] = "127.0.0.1";
        environment["SILO_PORT"] = FreePort().ToString(CultureInfo.InvariantCulture);
        environment["GATEWAY_PORT"] = FreePort().ToString(CultureInfo.InvariantCulture);
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (_output) _output.AppendLine(line.Data);
    }

    private async Task WaitUntilReadyAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (!_process.HasExited && Stopwatch.GetElapsedTime(started) < StartTimeout)
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
