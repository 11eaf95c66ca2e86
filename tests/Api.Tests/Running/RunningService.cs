namespace ImageSearch.Api.Tests.Running;

/// <summary>
/// A service that the tests of a class, or of a collection, share. Each test uses a table of its own. With TEST_CATALOG=mysql in the
/// environment, it keeps its catalog in a database of its own on the server of MYSQL_TEST_SERVER, with TEST_VECTORS=milvus its vectors in
/// one of its own on that of MILVUS_TEST_SERVER; so all contract tests run on all of them.
/// With TEST_TOPOLOGY=cluster it is a front end of two silos on such databases.
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

    /// <summary>Environment variables that differ from the defaults.</summary>
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
