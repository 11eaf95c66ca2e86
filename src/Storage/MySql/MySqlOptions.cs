using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Originals;
using static ImageSearch.Storage.OptionBounds;

namespace ImageSearch.Storage.MySql;

/// <summary>TLS of the connection to the MySQL server (setting MYSQL_TLS).</summary>
public enum MySqlTls
{
    /// <summary>TLS if the server supports it; the certificate is not verified.</summary>
    Preferred,

    /// <summary>No TLS; for servers on this machine or in a private network.</summary>
    Off,

    /// <summary>TLS is required; the certificate is not verified.</summary>
    Required,

    /// <summary>TLS is required, with a certificate of an authority that this machine trusts.</summary>
    VerifyCA,

    /// <summary>As <see cref="VerifyCA"/>; the certificate must also match the host name.</summary>
    VerifyFull,
}

/// <summary>The MySQL or MariaDB server of the catalog, and limits of its use.</summary>
public sealed record MySqlOptions
{
    /// <summary>The server's name or address (setting MYSQL_HOST).</summary>
    public required string Host { get; init; }

    /// <summary>Its port, 1..65,535 (setting MYSQL_PORT).</summary>
    public int Port { get; init; } = MySqlLimits.DefaultPort;

    /// <summary>User name (setting MYSQL_USER).</summary>
    public required string User { get; init; }

    /// <summary>The user's password; never part of a message or a log line (setting MYSQL_PWD).</summary>
    public string Password { get; init; } = "";

    /// <summary>The database, created if missing; 1 to 64 characters (setting MYSQL_DB).</summary>
    public required string Database { get; init; }

    /// <summary>TLS of the connection (setting MYSQL_TLS).</summary>
    public MySqlTls Tls { get; init; }

    /// <summary>Maximum number of connections of this process, 3..1,000; one of them is the writer's (setting MYSQL_POOL).</summary>
    public int PoolSize { get; init; } = MySqlLimits.DefaultPoolSize;

    /// <summary>Maximum number of live tables, 1..1,000,000 (setting MAX_TABLES).</summary>
    public int MaxTables { get; init; } = CatalogLimits.DefaultMaxTables;

    /// <summary>Where originals are stored, closed by its owner; null for the database.</summary>
    public IObjectStore? Objects { get; init; }

    /// <summary>Maximum number of queued writes, 1..100,000; further callers wait.</summary>
    public int QueueCapacity { get; init; } = 1024;

    /// <summary>Maximum number of writes in one commit, 1..10,000.</summary>
    public int GroupLimit { get; init; } = 256;

    /// <summary>Timeout of connecting, 1..60 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Timeout of one statement, 1..600 s.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a statement waits for rows or tables locked by another connection, 1..60 s.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long work is retried while the server can't be reached, rejects writes or has deadlocks, 0..600 s. The last attempt may run on
    /// until its own timeouts.
    /// </summary>
    public TimeSpan RetryDeadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long changes are kept for other processes, 1 minute..30 days; a process that reads later reads its tables in full.
    /// </summary>
    public TimeSpan ChangeRetention { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Interval between clean-ups after processes that died, 0.1..3,600 s.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The server and database, without user and password.</summary>
    public override string ToString() => $"{Host}:{Port}/{Database}";

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Host);
        ArgumentException.ThrowIfNullOrWhiteSpace(User);
        ArgumentException.ThrowIfNullOrWhiteSpace(Database);
        Check(nameof(Database), Database.Length, 1, MySqlLimits.MaxDatabaseName);
        Check(nameof(Port), Port, 1, 65_535);
        Check(nameof(PoolSize), PoolSize, MySqlLimits.MinPoolSize, MySqlLimits.MaxPoolSize);
        Check(nameof(MaxTables), MaxTables, 1, CatalogLimits.MaxTablesBound);
        Check(nameof(QueueCapacity), QueueCapacity, 1, 100_000);
        Check(nameof(GroupLimit), GroupLimit, 1, 10_000);
        Check(nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Check(nameof(StatementTimeout), StatementTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Check(nameof(LockTimeout), LockTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Check(nameof(RetryDeadline), RetryDeadline, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Check(nameof(ChangeRetention), ChangeRetention, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        Check(nameof(SweepInterval), SweepInterval, TimeSpan.FromSeconds(0.1), TimeSpan.FromHours(1));
    }
}
