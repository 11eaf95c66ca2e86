using static ImageSearch.Storage.OptionBounds;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Which Milvus keeps the vectors, and how it is used.</summary>
public sealed record MilvusOptions
{
    /// <summary>The server's name or address (setting MILVUS_HOST).</summary>
    public required string Host { get; init; }

    /// <summary>Its gRPC port, 1..65,535.</summary>
    public int Port { get; init; } = MilvusLimits.DefaultPort;

    /// <summary>Whether the connection is TLS.</summary>
    public bool Tls { get; init; }

    /// <summary>A PEM file with the authorities that may have signed the server's certificate; null: those of the system.</summary>
    public string? TlsCaFile { get; init; }

    /// <summary>Who to be there; empty: nobody.</summary>
    public string User { get; init; } = "";

    /// <summary>That user's password; never part of a message or a log line.</summary>
    public string Password { get; init; } = "";

    /// <summary>A token in place of user and password; never part of a message or a log line.</summary>
    public string Token { get; init; } = "";

    /// <summary>The database; empty: the server's default one.</summary>
    public string Database { get; init; } = "";

    /// <summary>The index of new tables.</summary>
    public MilvusIndexKind Index { get; init; } = MilvusIndexKind.Hnsw;

    /// <summary>HNSW: links of a vector, 4..64.</summary>
    public int M { get; init; } = MilvusLimits.DefaultM;

    /// <summary>HNSW: candidates when a vector is linked, 8..512.</summary>
    public int EfConstruction { get; init; } = MilvusLimits.DefaultEfConstruction;

    /// <summary>IVF: lists, 1..65,536.</summary>
    public int Lists { get; init; } = MilvusLimits.DefaultLists;

    /// <summary>Copies of a loaded collection in the cluster's memory, 1..64.</summary>
    public int Replicas { get; init; } = MilvusLimits.DefaultReplicas;

    /// <summary>Whether the server maps new collections from its disk in place of holding them in memory.</summary>
    public bool Mmap { get; init; }

    /// <summary>Whether every search waits for all writes before it, everybody's; takes some hundred milliseconds each.</summary>
    public bool StrongConsistency { get; init; }

    /// <summary>How long a connection may take to be made, 0.1..60 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a search may take with all its tries, 0.1..60 s.</summary>
    public TimeSpan SearchTimeout { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long a write may take with all its tries, 0.1..600 s.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a call on collections and indexes, a page or a count may take with all its tries, 0.1..600 s.</summary>
    public TimeSpan AdminTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where the server is, without user, password and token.</summary>
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
            throw new ArgumentException($"{nameof(Token)} and {nameof(User)} exclude each other: set one of them.", nameof(Token));
        }
    }
}
