using static ImageSearch.Storage.OptionBounds;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>The Milvus server that stores the vectors, and how it is used.</summary>
public sealed record MilvusOptions
{
    /// <summary>The host name or address of the server (setting MILVUS_HOST).</summary>
    public required string Host { get; init; }

    /// <summary>The gRPC port, 1..65,535.</summary>
    public int Port { get; init; } = MilvusLimits.DefaultPort;

    /// <summary>Whether to use TLS.</summary>
    public bool Tls { get; init; }

    /// <summary>A PEM file with the trusted certificate authorities; null for those of the system.</summary>
    public string? TlsCaFile { get; init; }

    /// <summary>User name; empty for anonymous.</summary>
    public string User { get; init; } = "";

    /// <summary>Password of the user; never part of a message or a log line.</summary>
    public string Password { get; init; } = "";

    /// <summary>A token instead of user and password; never part of a message or a log line.</summary>
    public string Token { get; init; } = "";

    /// <summary>The database; empty for the server's default database.</summary>
    public string Database { get; init; } = "";

    /// <summary>The index of new tables.</summary>
    public MilvusIndexKind Index { get; init; } = MilvusIndexKind.Hnsw;

    /// <summary>HNSW: maximum number of links per vector, 4..64.</summary>
    public int M { get; init; } = MilvusLimits.DefaultM;

    /// <summary>HNSW: number of candidates when a vector is inserted, 8..512.</summary>
    public int EfConstruction { get; init; } = MilvusLimits.DefaultEfConstruction;

    /// <summary>IVF: number of lists, 1..65,536.</summary>
    public int Lists { get; init; } = MilvusLimits.DefaultLists;

    /// <summary>Number of replicas of a loaded collection, 1..64.</summary>
    public int Replicas { get; init; } = MilvusLimits.DefaultReplicas;

    /// <summary>Whether the server memory-maps new collections from its disk instead of loading them into memory.</summary>
    public bool Mmap { get; init; }

    /// <summary>Whether every search waits for all earlier writes of all processes; adds some hundred milliseconds per search.</summary>
    public bool StrongConsistency { get; init; }

    /// <summary>Time limit of connecting, 0.1..60 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time limit of a search over all attempts, 0.1..60 s.</summary>
    public TimeSpan SearchTimeout { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Time limit of a write over all attempts, 0.1..600 s.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time limit of other calls (collections, indexes, queries, counts) over all attempts, 0.1..600 s.</summary>
    public TimeSpan AdminTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The address of the server, without user, password and token.</summary>
    public override string ToString() => Database.Length == 0 ? $"{Host}:{Port}" : $"{Host}:{Port}/{Database}";

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Host);
        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
        {
            throw new ArgumentException($"{nameof(Host)} must be a host name or an address.", nameof(Host));
        }

        Check(nameof(Port), Port, 1, 65_535);
        Check(nameof(M), M, MilvusLimits.MinM, MilvusLimits.MaxM);
        Check(nameof(EfConstruction), EfConstruction, MilvusLimits.MinEfConstruction, MilvusLimits.MaxEfConstruction);
        Check(nameof(Lists), Lists, MilvusLimits.MinLists, MilvusLimits.MaxLists);
        Check(nameof(Replicas), Replicas, MilvusLimits.MinReplicas, MilvusLimits.MaxReplicas);
        Check(nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(1));
        Check(nameof(SearchTimeout), SearchTimeout, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(1));
        Check(nameof(WriteTimeout), WriteTimeout, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(10));
        Check(nameof(AdminTimeout), AdminTimeout, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(10));
        if (Token.Length > 0 && User.Length > 0)
        {
            throw new ArgumentException($"{nameof(Token)} and {nameof(User)} are mutually exclusive: set one of them.", nameof(Token));
        }
    }
}
