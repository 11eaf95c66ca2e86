namespace ImageSearch.Api.Tests.Running;

/// <summary>A service that the tests of a class, or of a collection, share. Each test uses a table of its own.</summary>
public class RunningService : IAsyncLifetime
{
    private ServiceProcess? _process;

    public ServiceProcess Process => _process ?? throw new InvalidOperationException("The service is not started yet.");

    public HttpClient Client => Process.Client;

    /// <summary>Environment variables that differ from the defaults.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    protected virtual int Ports => 1;

    public virtual async Task InitializeAsync() => _process = await ServiceProcess.StartAsync(Settings, ports: Ports);

    public virtual async Task DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
    }
}
