namespace ImageSearch.Api.Tests.Running;

/// <summary>
/// A service that the tests of a class, or of a collection, share. Each test uses a table of its own. With TEST_CATALOG=mysql in the
/// environment, it keeps its catalog in a database of its own on the server of MYSQL_TEST_SERVER; so all contract tests run on both.
/// </summary>
public class RunningService : IAsyncLifetime
{
    private readonly TestDatabase? _database =
        Environment.GetEnvironmentVariable("TEST_CATALOG") == "mysql" ? TestDatabase.Create() : null;

    private ServiceProcess? _process;

    public ServiceProcess Process => _process ?? throw new InvalidOperationException("The service is not started yet.");

    public HttpClient Client => Process.Client;

    /// <summary>Environment variables that differ from the defaults.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    protected virtual int Ports => 1;

    public virtual async Task InitializeAsync() =>
        _process = await ServiceProcess.StartAsync(
            _database is null ? Settings : Settings.Concat(_database.Settings).ToDictionary(), ports: Ports);

    public virtual async Task DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }
}
