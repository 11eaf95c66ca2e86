using ImageSearch.Storage.Catalog;
using static ImageSearch.Storage.OptionBounds;

namespace ImageSearch.Storage.MySql;

/// <summary>How the connection to the MySQL server is protected (setting MYSQL_TLS).</summary>
public enum MySqlTls
{
    /// <summary>TLS where the server has it; its certificate is not checked.</summary>
    Preferred,

    /// <summary>Never, for servers on this machine or in a network of their own.</summary>
    Off,

    /// <summary>TLS or no connection; the certificate is not checked.</summary>
    Required,

    /// <summary>TLS, and the certificate must be signed by an authority that this machine trusts.</summary>
    VerifyCA,

    /// <summary>As <see cref="VerifyCA"/>, and it must be the certificate of that host.</summary>
    VerifyFull,
}

/// <summary>Which MySQL or MariaDB keeps the catalog, and how it is used.</summary>
public sealed record MySqlOptions
{
    /// <summary>The server's name or address (setting MYSQL_HOST).</summary>
    public required string Host { get; init; }

    /// <summary>Its port, 1..65,535 (setting MYSQL_PORT).</summary>
    public int Port { get; init; } = MySqlLimits.DefaultPort;

    /// <summary>Who to be there (setting MYSQL_USER).</summary>
    public required string User { get; init; }

    /// <summary>That user's password; never part of a message or a log line (setting MYSQL_PWD).</summary>
    public string Password { get; init; } = "";

    /// <summary>The database, made where it is missing; 1 to 64 characters (setting MYSQL_DB).</summary>
    public required string Database { get; init; }

    /// <summary>Protection of the connection (setting MYSQL_TLS).</summary>
    public MySqlTls Tls { get; init; }

    /// <summary>Most connections of this process, 3..1,000; one of them is the writer's (setting MYSQL_POOL).</summary>
    public int PoolSize { get; init; } = MySqlLimits.DefaultPoolSize;

    /// <summary>Live tables that there may be, 1..1,000,000 (setting MAX_TABLES).</summary>
    public int MaxTables { get; init; } = CatalogLimits.DefaultMaxTables;

    /// <summary>Writes that may wait, 1..100,000; more callers wait for room.</summary>
    public int QueueCapacity { get; init; } = 1024;

    /// <summary>Most writes that one commit takes, 1..10,000.</summary>
    public int GroupLimit { get; init; } = 256;

    /// <summary>How long a connection may take to be made, 1..60 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the server may take for one statement, 1..600 s.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a statement waits for rows or tables that another connection holds locked, 1..60 s.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long work is tried again while the server can't be reached, refuses writes or has deadlocks, 0..600 s. The last try may take
    /// as long again as its own timeouts let it.
    /// </summary>
    public TimeSpan RetryDeadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long changes are kept for other processes to read, 1 minute..30 days; one that comes later reads its tables anew.</summary>
    public TimeSpan ChangeRetention { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often leftovers of processes that died are looked for, 0.1..3,600 s.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where the server is, without user and password.</summary>
    public override string ToString() => $"{Host}:{Port}/{Database}";

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Host);
        ArgumentException.ThrowIfNullOrWhiteSpace(User);
        ArgumentException.ThrowIfNullOrWhiteSpace(Database);
        Check(nameof(Database), Database.Length, 1, MySqlLimits.MaxDatabaseName);
        Check(nameof(Port), Port, 1, 65_535);
        Check(nameof(PoolSize), PoolSize, MySqlLimits.MinPoolSize, MySqlLimits.MaxPoolSize);
        Check(nameof(MaxTables), MaxTables, 1, CatalogLimits.GreatestMaxTables);
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
