namespace ImageSearch.Api.Tests.Running;

/// <summary>
/// A service shared by the tests of a class or a collection. Each test uses its own table. Environment variables select the backend, so
/// that all contract tests can run on each: TEST_CATALOG=mysql creates a database on MYSQL_TEST_SERVER, TEST_VECTORS=milvus one on
/// MILVUS_TEST_SERVER, and TEST_TOPOLOGY=cluster starts a front end and two silos on such databases.
/// </summary>
public class RunningService : IAsyncLifetime
{
    private static readonly bool OnCluster = Environment.GetEnvironmentVariable("TEST_TOPOLOGY") == "cluster";

    private readonly TestDatabase? _database =
        OnCluster || Environment.GetEnvironmentVariable("TEST_CATALOG") == "mysql" ? TestDatabase.Create() : null;

    private readonly List<ServiceProcess> _silos = [];

    private readonly MilvusDatabase? _milvus =
        Environment.GetEnvironmentVariable("TEST_VECTORS") == "milvus" ? MilvusDatabase.Create() : null;

    private ServiceProcess? _process;

    public ServiceProcess Process => _process ?? throw new InvalidOperationException("The service is not started yet.");

    public HttpClient Client => Process.Client;

    /// <summary>Environment variables that override the defaults.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    protected virtual int Ports => 1;

    public virtual async Task InitializeAsync()
    {
        var settings = Settings.Concat(_database?.Settings ?? new Dictionary<string, string>())
            .Concat(_milvus?.Settings ?? new Dictionary<string, string>()).ToDictionary();
        if (OnCluster)
        {
            settings = settings.Append(new("CLUSTER_ID", Guid.NewGuid().ToString("N"))).ToDictionary();
            for (var i = 0; i < 2; i++) _silos.Add(await ServiceProcess.StartAsync(settings, program: ServiceProcess.Silo));
            settings = settings.Append(new("ROLE", "client")).ToDictionary();
        }

        _process = await ServiceProcess.StartAsync(settings, ports: Ports);
    }

    public virtual async Task DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        foreach (var silo in _silos) await silo.DisposeAsync();
        if (_milvus is not null) await _milvus.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }
}
